using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>Revokes all tokens that the visitor asked for, after a question with their number.</summary>
internal static class RevokeAllForm
{
    public static async Task RunAsync(HubRequest request)
    {
        OwnTokens.RequireChange(request);
        var (texts, back) = (request.Get<PageTexts>(), request.Addresses.HubPath + "token");
        if (await ConfirmModel.IsAnsweredAsync(request))
        {
            var count = await request.Get<TokenDeletion>().DeleteRequestedAsync(request.Known.Name, request.Aborted);
            await request.Get<PageNotices>().RedirectAsync(request, back, count == 1 ? texts["One token was revoked."] : texts["{0} tokens were revoked.", count]);
            return;
        }

        var tokens = (await request.Get<TokenLists>().ReadAsync(request.Known.Name, request.Aborted)).Requested.Count;
        await ConfirmModel.AskAsync(request, new ConfirmView
        {
            Title = texts["Revoke all your tokens?"],
            Question = tokens == 1
                ? texts["One token will be revoked. Your servers and the applications that you let in keep theirs."]
                : texts["{0} tokens will be revoked. Your servers and the applications that you let in keep theirs.", tokens],
            Button = texts["Revoke all"],
            CancelUrl = back,
        });
    }
}
