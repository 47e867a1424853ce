using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Admin.Lists;
using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages.Admin.Users.Stopping;

/// <summary>Asks whether the running servers of all listed users are to be stopped, with their number, and begins.</summary>
internal static class StopServersPage
{
    private const int MostNamed = 10;

    public static async Task AskAsync(HubRequest request)
    {
        if (!UserListQuery.IsPermitted(request))
        {
            throw new HubHttpException(403, "Action is not authorized with current scopes; requires any of [list:users]") { RequiredScopes = ["list:users"] };
        }

        var texts = request.Get<PageTexts>();
        var asked = ListAddress.Of(request, UserListModel.StopShape);
        var back = await BackAddress.OfAsync(request, request.Addresses.HubPath + "admin");
        var servers = await request.Get<UserServerListing>().RunningAsync(UserListQuery.Of(asked), request.Known.Authority, request.Aborted);
        if (servers.Count == 0)
        {
            await request.Get<PageNotices>().RedirectAsync(request, back, texts["There is no running server that you could stop."]);
        }
        else if (await ConfirmModel.IsAnsweredAsync(request))
        {
            var stop = request.Get<ServerStops>().Begin(request.Known, servers, back);
            await request.RedirectAsync($"{request.Addresses.HubPath}admin/stop-servers/{stop.Id}", StatusCodes.Status303SeeOther);
        }
        else
        {
            await ConfirmModel.AskAsync(request, Question(texts, asked.IsFiltered, servers, back));
        }
    }

    private static ConfirmView Question(PageTexts texts, bool isFiltered, IReadOnlyList<ServerKey> servers, string back) => new()
    {
        Title = isFiltered ? texts["Stop the servers of this list?"] : texts["Stop all servers?"],
        Question = (servers.Count, isFiltered) switch
        {
            (1, _) => texts["1 server is stopped. Whoever works on it is interrupted."],
            (_, true) => texts["{0} servers of the users that the filter leaves are stopped. Whoever works on them is interrupted.", servers.Count],
            _ => texts["{0} servers are stopped, all that run and that you may stop. Whoever works on them is interrupted.", servers.Count],
        },
        Details =
        [
            .. servers.Take(MostNamed).Select(server => server.ServerName.Length == 0 ? server.UserName : texts["{0} of {1}", server.ServerName, server.UserName]),
            .. servers.Count > MostNamed ? [texts["and {0} more", servers.Count - MostNamed]] : Array.Empty<string>(),
        ],
        Button = servers.Count == 1 ? texts["Stop 1 server"] : texts["Stop {0} servers", servers.Count],
        Fields = [new(BackAddress.Field, back)],
        CancelUrl = back,
    };
}
