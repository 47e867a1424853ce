using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>Gives up what somebody else shared with the visitor. They cannot take it back themselves, so they are asked.</summary>
internal static class LeaveForm
{
    public static async Task RunAsync(HubRequest request)
    {
        var (known, texts) = (request.Known, request.Get<PageTexts>());
        if (!known.Allows("users:shares", known.Self))
        {
            throw new HubHttpException(403, "You may not give up what is shared with you.") { RequiredScopes = ["users:shares"] };
        }

        // The default server's name is empty, so its field is, too.
        var server = new ServerName(await request.FormValueAsync("owner") ?? "", await request.FormValueAsync("server") ?? "");
        var page = request.Addresses.HubPath + "sharing";
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
        Action = page,
        Fields = [new("owner", server.Owner), new("server", server.Name)],
        CancelUrl = page,
    };
}
