using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Once;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>Makes and revokes links by which anybody who has an account can accept a share.</summary>
internal static class LinkForms
{
    public static async Task MakeAsync(HubRequest request)
    {
        var (target, texts, form) = (SharingTarget.Of(request), request.Get<PageTexts>(), await request.FormAsync());
        var lifetime = LinkLifetime.Of(form);
        var attempt = new SharingAttempt { Status = 400, IsLink = true, Scopes = SharingTarget.ScopesOf(form), Lifetime = lifetime };
        attempt = attempt with
        {
            ScopesError = attempt.Scopes.Count == 0 ? texts["Choose at least one of these."] : null,
            LifetimeError = lifetime.Time is null ? texts["A link can be used for a whole number of minutes, hours or days: a minute at least, 365 days at most."] : null,
        };
        if (attempt.ScopesError is not null || lifetime.Time is not { } time)
        {
            await SharingTarget.ShowAgainAsync(request, attempt);
            return;
        }

        ShareResult<NewShareCode>? result = null;
        var isRepeated = await request.Get<SentForms>().IsRepeatedAsync(request, async () =>
        {
            result = await target.GiveAsync(request, () => request.Get<ShareCodes>().CreateAsync(request.Known, target.Server, attempt.Scopes, time, request.Aborted));
            return result.Value is not null;
        });
        if (isRepeated)
        {
            var again = texts["The form was sent already, and a link is shown only once. If you do not have it, revoke it below and make another."];
            await request.Get<PageNotices>().RedirectAsync(request, target.LocationOf(request), again, isError: true);
            return;
        }

        ShareAnswers.RefuseUnlessDone(result!);
        request.Http.Features.Set(new MadeLink(UrlOf(request, result!.Value!.Code), result.Value.Details.ExpiresAt));
        request.Http.Response.Headers.CacheControl = "no-store";
        await request.Get<PageRunner>().RunAsync(request.Http, "Sharing/Server");
    }

    public static async Task RevokeAsync(HubRequest request)
    {
        var (target, texts) = (SharingTarget.Of(request), request.Get<PageTexts>());
        var location = target.LocationOf(request);
        var id = await request.FormValueAsync("id");
        if (ShareCodeDetails.ParseId(id) is not { } number)
        {
            await request.Get<PageNotices>().RedirectAsync(request, location, texts["There is no such link any more."], isError: true);
        }
        else if (!await ConfirmModel.IsAnsweredAsync(request))
        {
            await ConfirmModel.AskAsync(request, Question(id!, location, texts));
        }
        else if (await request.Get<ShareCodes>().RevokeAsync(target.Server, code: null, number, request.Aborted) is not > 0)
        {
            await request.Get<PageNotices>().RedirectAsync(request, location, texts["There is no such link any more."], isError: true);
        }
        else
        {
            await request.Get<PageNotices>().RedirectAsync(request, location, texts["The link {0} is revoked.", id!]);
        }
    }

    /// <summary>Complete, so that it can be sent: as browsers see this hub, or as this one does.</summary>
    private static string UrlOf(HubRequest request, string code)
    {
        var origin = request.Addresses.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{request.Client.Scheme}://{request.Client.Host}";
        return $"{origin}{request.Addresses.HubPath}accept-share?code={code}";
    }

    private static ConfirmView Question(string id, string location, PageTexts texts) => new()
    {
        Title = texts["Revoke this link?"],
        Question = texts["Nobody can accept the link {0} any more, and it cannot be made again. Whoever has accepted it keeps their access until you remove it.", id],
        Button = texts["Revoke the link"],
        Action = location,
        Fields = [new("do", "revoke"), new("id", id)],
        CancelUrl = location,
    };
}
