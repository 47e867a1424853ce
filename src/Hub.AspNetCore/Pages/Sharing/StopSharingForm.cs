using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>Ends all sharing of a server: of people, groups and links together, so that nobody gets back in by a link.</summary>
internal static class StopSharingForm
{
    public static async Task RunAsync(HubRequest request)
    {
        var (target, texts) = (SharingTarget.Of(request), request.Get<PageTexts>());
        if (!await ConfirmModel.IsAnsweredAsync(request))
        {
            var shares = await request.Get<ShareListing>().OfServerAsync(target.Server, 0, 1, request.Aborted) ?? throw ShareAnswers.UnknownServer(target.Server);
            var codes = await request.Get<ShareCodes>().OfServerAsync(target.Server, 0, 1, request.Aborted);
            await ConfirmModel.AskAsync(request, Question(target, shares.Total, codes?.Total ?? 0, texts));
            return;
        }

        _ = await request.Get<ShareGrants>().StopSharingAsync(target.Server, request.Aborted) ?? throw ShareAnswers.UnknownServer(target.Server);
        await request.Get<PageNotices>().RedirectAsync(request, target.Path, texts["The server is not shared any more."]);
    }

    private static ConfirmView Question(SharingTarget target, int shares, int codes, PageTexts texts) => new()
    {
        Title = texts["Stop sharing this server?"],
        Question = texts["All access to the server that was given to others ends at once, and no link to it works any more."],
        Details =
        [
            shares == 1 ? texts["1 person or group loses their access"] : texts["{0} people and groups lose their access", shares],
            codes == 1 ? texts["1 link is revoked"] : texts["{0} links are revoked", codes],
        ],
        Button = texts["Stop sharing"],
        Action = target.Path,
        Fields = [new("do", "stop")],
        CancelUrl = target.Path,
    };
}
