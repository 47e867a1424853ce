using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>Revokes a token of the visitor's, or all that an application has, after a question.</summary>
internal static class RevokeForm
{
    public static async Task RunAsync(HubRequest request)
    {
        OwnTokens.RequireChange(request);
        var (texts, notices) = (request.Get<PageTexts>(), request.Get<PageNotices>());
        var (id, back) = (await request.FormValueAsync("id") ?? "", request.Addresses.HubPath + "token");
        if (await request.Get<TokenLists>().FindAsync(request.Known.Name, id, request.Aborted) is not { } token)
        {
            // Revoked in another tab, or nobody's business: the same words for both.
            await notices.RedirectAsync(request, back, texts["There is no such token any more."], isError: true);
        }
        else if (await ConfirmModel.IsAnsweredAsync(request))
        {
            await request.Get<TokenDeletion>().DeleteAsync(request.Known.Name, token.Row.Id, request.Aborted);
            await notices.RedirectAsync(request, back, IsOfApplication(token) ? texts["{0} is not let in any more.", NameOf(token)] : texts["The token was revoked."]);
        }
        else
        {
            await AskAsync(request, texts, token, back);
        }
    }

    private static Task AskAsync(HubRequest request, PageTexts texts, TokenRecord token, string back) => ConfirmModel.AskAsync(request, new ConfirmView
    {
        Title = IsOfApplication(token) ? texts["Let this application in no longer?"] : texts["Revoke this token?"],
        Question = token switch
        {
            _ when IsOfApplication(token) => texts["{0} loses all tokens that it has from you, and has to ask again.", NameOf(token)],
            _ when TokenLists.IsOfServer(token) => texts["This token belongs to a server that runs. Without it the server cannot ask the hub anything and lets nobody in until it is started again."],
            _ => texts["Whatever uses it cannot reach the hub with it any more. That cannot be undone."],
        },
        Details = IsOfApplication(token) || string.IsNullOrEmpty(token.Row.Note) ? [] : [token.Row.Note],
        Button = texts["Revoke"],
        Fields = [new("id", $"a{token.Row.Id}")],
        CancelUrl = back,
    });

    private static bool IsOfApplication(TokenRecord token) => token.Row.ClientId != OAuthClient.HubIdentifier;

    private static string NameOf(TokenRecord token) => token.ClientName ?? "";
}
