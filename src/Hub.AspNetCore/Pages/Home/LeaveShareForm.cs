using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Shares;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>Gives up access to a server that somebody shares with the visitor, after a question.</summary>
internal static class LeaveShareForm
{
    public static async Task RunAsync(HubRequest request)
    {
        var (me, server) = (request.Known.Name, new ServerName(request.Value("owner"), request.Value("server")));
        if (!request.Known.Allows("users:shares", Resource.User(me)))
        {
            throw new HubHttpException(403, "Action is not authorized with current scopes; requires any of [users:shares]")
            {
                RequiredScopes = RequiredScopes.For(["users:shares"], Resource.User(me)),
            };
        }

        var (texts, recipient) = (request.Get<PageTexts>(), new ShareRecipient(IsGroup: false, me));
        if (await request.Get<ShareListing>().FindAsync(server, recipient, request.Aborted) is null)
        {
            throw HubHttpException.NotFound("No access to resources or resources not found");
        }

        if (!await ConfirmModel.IsAnsweredAsync(request))
        {
            await AskAsync(request, texts, server);
            return;
        }

        await request.Get<ShareGrants>().LeaveAsync(server, recipient, request.Aborted);
        await request.Get<PageNotices>().RedirectAsync(request, request.Addresses.HubPath + "home", texts["{0} does not share this server with you any more.", server.Owner]);
    }

    private static Task AskAsync(HubRequest request, PageTexts texts, ServerName server) => ConfirmModel.AskAsync(request, new ConfirmView
    {
        Title = texts["Give up this access?"],
        Question = server.Name.Length == 0
            ? texts["You will not be able to use the default server of {0} any more, until it is shared with you again.", server.Owner]
            : texts["You will not be able to use the server {0} of {1} any more, until it is shared with you again.", server.Name, server.Owner],
        Button = texts["Give up"],
        CancelUrl = request.Addresses.HubPath + "home",
    });
}
