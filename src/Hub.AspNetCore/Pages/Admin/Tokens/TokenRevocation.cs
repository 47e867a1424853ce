using System.Globalization;
using JupyterHub.AspNetCore.Authorization;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Tokens.Listing;

namespace JupyterHub.AspNetCore.Pages.Admin.Tokens;

/// <summary>Revokes a token of anybody, after a question (contract 2.4).</summary>
internal static class TokenRevocation
{
    public static async Task RunAsync(HubRequest request)
    {
        var (texts, id) = (request.Get<PageTexts>(), IdOf(request));
        var back = await BackAddress.OfAsync(request, request.Addresses.HubPath + "admin/tokens");

        // Whoever may revoke may see (contract 4.1), so that a token which cannot be seen is one that is not there.
        var token = await request.Get<TokenListing>().FindAsync(id, request.Known.Authority, request.Aborted);
        if (token is null && await ConfirmModel.IsAnsweredAsync(request))
        {
            // Somebody else was faster: what was wanted is so.
            await request.Get<PageNotices>().RedirectAsync(request, back, texts["There is no such token any more."]);
            return;
        }

        _ = token ?? throw HubHttpException.NotFound($"No such token {LogText.Bound(request.Value("token"))}");
        ScopeGate.Require(request.Known, TokenRows.OwnerOf(token), "tokens");
        if (!await ConfirmModel.IsAnsweredAsync(request))
        {
            await ConfirmModel.AskAsync(request, new ConfirmView
            {
                Title = texts["Revoke this token?"],
                Question = QuestionOf(texts, token, request.Get<TokenRows>().Of(token, request.Known).Kind),
                Button = texts["Revoke the token"],
                Fields = [new(BackAddress.Field, back)],
                CancelUrl = back,
            });
            return;
        }

        var deletion = request.Get<TokenDeletion>();
        var isRevoked = token.IsUsers
            ? await deletion.DeleteAsync(token.Owner, id, request.Aborted)
            : await deletion.DeleteOfServiceAsync(token.Owner, id, request.Aborted);
        await request.Get<PageNotices>().RedirectAsync(
            request, back, isRevoked ? texts["The token of {0} is revoked.", token.Owner] : texts["The token of {0} was revoked already.", token.Owner]);
    }

    private static string QuestionOf(PageTexts texts, TokenSummary token, string kind)
    {
        if (token is { ClientId: not null, IsUsers: true })
        {
            return texts["{1} obtained it for {0}: all tokens that it holds for this user are revoked with it. Whatever uses them stops working at once.", token.Owner, kind];
        }

        return token.Note is { Length: > 0 } note
            ? texts["The token “{1}” of {0} stops working at once, and cannot be brought back.", token.Owner, note]
            : texts["This token of {0} stops working at once, and cannot be brought back.", token.Owner];
    }

    /// <summary>Public ids are the row's number with an <c>a</c> before it.</summary>
    private static int IdOf(HubRequest request) =>
        request.Value("token") is ['a', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw HubHttpException.NotFound($"No such token {LogText.Bound(request.Value("token"))}");
}
