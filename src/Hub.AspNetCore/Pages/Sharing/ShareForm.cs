using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>Shares a server with a user or a group by name.</summary>
internal static class ShareForm
{
    public static async Task RunAsync(HubRequest request)
    {
        var (target, texts, form) = (SharingTarget.Of(request), request.Get<PageTexts>(), await request.FormAsync());
        var recipient = new ShareRecipient(await request.FormValueAsync("kind") == "group", await request.FormValueAsync("name") ?? "");
        var attempt = new SharingAttempt { Status = 400, IsGroup = recipient.IsGroup, Name = recipient.Name, Scopes = SharingTarget.ScopesOf(form) };
        attempt = attempt with
        {
            NameError = recipient.Name.Length is 0 or > UserNames.Longest ? texts["Enter the name of a person or of a group."]
                : !recipient.IsGroup && recipient.Name == target.Server.Owner ? texts["The server is theirs already."]
                : null,
            ScopesError = attempt.Scopes.Count == 0 ? texts["Choose at least one of these."] : null,
        };
        if (attempt.NameError is not null || attempt.ScopesError is not null)
        {
            await SharingTarget.ShowAgainAsync(request, attempt);
            return;
        }

        var result = await target.GiveAsync(
            request, () => request.Get<ShareGrants>().GrantAsync(request.Known, target.Server, recipient, attempt.Scopes, request.Aborted));
        if (ErrorOf(result.Outcome, recipient, texts) is { } error)
        {
            await SharingTarget.ShowAgainAsync(request, attempt with { Status = result.Outcome == ShareOutcome.HiddenRecipient ? 403 : 400, NameError = error });
            return;
        }

        ShareAnswers.RefuseUnlessDone(result);
        await request.Get<PageNotices>().RedirectAsync(request, target.LocationOf(request), Outcome(recipient, texts));
    }

    private static string Outcome(ShareRecipient recipient, PageTexts texts) => recipient.IsGroup
        ? texts["The server is now shared with the group {0}.", recipient.Name]
        : texts["The server is now shared with {0}.", recipient.Name];

    /// <summary>Whether a name exists that the sharer may not read is never told.</summary>
    private static string? ErrorOf(ShareOutcome outcome, ShareRecipient recipient, PageTexts texts) => (outcome, recipient.IsGroup) switch
    {
        (ShareOutcome.HiddenRecipient, false) => texts["You may not share with this person: you would have to be allowed to read their name (scope read:users:name). A link works without that."],
        (ShareOutcome.HiddenRecipient, true) => texts["You may not share with this group: you would have to be allowed to read its name (scope read:groups:name). A link works without that."],
        (ShareOutcome.UnknownRecipient, false) => texts["There is no user of this name."],
        (ShareOutcome.UnknownRecipient, true) => texts["There is no group of this name."],
        _ => null,
    };
}
