using JupyterHub.AspNetCore.Authorization;
using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>Gives up what somebody else shared with the visitor. They cannot take it back themselves, so they are asked.</summary>
internal static class LeaveForm
{
    /// <summary>The default server's name is empty, so its field is, too.</summary>
    public static async Task RunAsync(HubRequest request) => await RunAsync(
        request, new ServerName(await request.FormValueAsync("owner") ?? "", await request.FormValueAsync("server") ?? ""), request.Addresses.HubPath + "sharing");

    /// <param name="request">The form's request.</param>
    /// <param name="server">The server that is given up.</param>
    /// <param name="page">The page with the form, which is shown again.</param>
    public static async Task RunAsync(HubRequest request, ServerName server, string page)
    {
        var (known, texts) = (request.Known, request.Get<PageTexts>());
        ScopeGate.Require(known, known.Self, "users:shares");
        var recipient = new ShareRecipient(IsGroup: false, known.Name);
        if (await request.Get<ShareListing>().FindAsync(server, recipient, request.Aborted) is null)
        {
            await request.Get<PageNotices>().RedirectAsync(request, page, texts["That server is not shared with you any more."], isError: true);
        }
        else if (!await ConfirmModel.IsAnsweredAsync(request))
        {
            await ConfirmModel.AskAsync(request, Question(server, page, texts));
        }
        else
        {
            await request.Get<ShareGrants>().LeaveAsync(server, recipient, request.Aborted);
            await request.Get<PageNotices>().RedirectAsync(request, page, texts["You have given up your access to a server of {0}.", server.Owner]);
        }
    }

    private static ConfirmView Question(ServerName server, string page, PageTexts texts) => new()
    {
        Title = texts["Give up your access?"],
        Question = server.Name.Length == 0
            ? texts["You will not be able to use the default server of {0} any more, unless it is shared with you again.", server.Owner]
            : texts["You will not be able to use the server {0} of {1} any more, unless it is shared with you again.", server.Name, server.Owner],
        Button = texts["Give up access"],
        Fields = [new("owner", server.Owner), new("server", server.Name)],
        CancelUrl = page,
    };
}
