using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>Changes what one recipient may do, or ends it.</summary>
internal static class RecipientForms
{
    /// <summary>Only what the person changed is changed: what others did since the form was shown stays.</summary>
    public static async Task ChangeAsync(HubRequest request)
    {
        var (target, texts, form) = (SharingTarget.Of(request), request.Get<PageTexts>(), await request.FormAsync());
        var (shown, chosen) = (SharingTarget.ScopesOf(form, "shown"), SharingTarget.ScopesOf(form));
        var recipient = await RecipientAsync(request);
        if (chosen.Count == 0)
        {
            await TellAsync(request, target, texts["Nothing was changed: choose at least one permission, or remove the share."], isError: true);
            return;
        }

        var result = await request.Get<ShareGrants>().ChangeAsync(
            request.Known, target.Server, recipient, [.. chosen.Except(shown)], [.. shown.Except(chosen)], request.Aborted);
        if (result.Outcome == ShareOutcome.NoShare)
        {
            await TellAsync(request, target, texts["The server is not shared with {0} any more.", recipient.Name], isError: true);
            return;
        }

        ShareAnswers.RefuseUnlessDone(result);
        await TellAsync(request, target, texts["What {0} may do was changed.", recipient.Name]);
    }

    public static async Task RemoveAsync(HubRequest request)
    {
        var (target, recipient) = (SharingTarget.Of(request), await RecipientAsync(request));
        ShareAnswers.RefuseUnlessDone(await request.Get<ShareGrants>().RevokeAsync(target.Server, recipient, [], request.Aborted));
        await TellAsync(request, target, request.Get<PageTexts>()["The server is not shared with {0} any more.", recipient.Name]);
    }

    private static async Task<ShareRecipient> RecipientAsync(HubRequest request) =>
        new(await request.FormValueAsync("kind") == "group", await request.FormValueAsync("name") ?? "");

    private static Task TellAsync(HubRequest request, SharingTarget target, string text, bool isError = false) =>
        request.Get<PageNotices>().RedirectAsync(request, target.LocationOf(request), text, isError);
}
