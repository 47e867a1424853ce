using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authorization;
using Microsoft.Net.Http.Headers;

namespace JupyterHub.AspNetCore.Xsrf;

/// <summary>Gives each browser session its token and refuses requests that another site made a browser send (contract 7.3).</summary>
internal sealed class XsrfGate(XsrfTokens tokens, XsrfIds ids)
{
    /// <exception cref="HubHttpException">403: the token is missing or not that of this session.</exception>
    public async Task CheckAsync(HubRequest request)
    {
        if (request.Requester is { Token: not null })
        {
            return;
        }

        var token = Prepare(request);
        if (request.Route.Kind == HubRouteKind.Page || request.Requester is not null)
        {
            // Whoever is refused for the lack of a token is given one; a redirect needs none.
            OfferIf(request, MustCheck(request, request.Route.IsXsrfExempt));
        }

        if (await RefusalAsync(request, token, request.Route.IsXsrfExempt) is { } refusal)
        {
            throw HubHttpException.Forbidden(refusal);
        }
    }

    /// <summary>Gives the browser the session's token with a page, if it does not have it.</summary>
    public static void Offer(HubRequest request) => OfferIf(request, true);

    /// <summary>What speaks against the request; null if nothing does.</summary>
    public static async Task<string?> RefusalAsync(HubRequest request, XsrfToken token, bool isExempt)
    {
        if (!MustCheck(request, isExempt))
        {
            return null;
        }

        var http = request.Http.Request;
        var argument = await request.FormValueAsync(XsrfTokens.Name) ?? request.Query(XsrfTokens.Name);
        return XsrfTokens.Refusal(http.Method, XsrfTokens.Submitted(argument, http.Headers["X-Xsrftoken"], http.Headers["X-Csrftoken"]), token);
    }

    /// <summary>The token of the session as it is now.</summary>
    public XsrfToken Prepare(HubRequest request)
    {
        var headers = request.Http.Request.Headers;
        var token = tokens.Get(headers.Cookie, IdOf(request), headers["Sec-Fetch-Mode"]);
        request.Xsrf = new XsrfState(token.Value, token.MustSetCookie);
        return token;
    }

    /// <summary>Gives a browser that has just signed in the token of its new identity.</summary>
    public void Renew(HubRequest request, string sessionId, string cookieId) =>
        HubCookies.SetXsrf(request, tokens.Create(XsrfIds.OfUser(sessionId, cookieId)), isAnonymous: false);

    private static bool MustCheck(HubRequest request, bool isExempt) => XsrfPolicy.MustCheck(Facts(request) with { IsExempt = isExempt });

    /// <remarks>
    /// Outside of the hub's path browsers do not send the hub's cookies, so whoever asks there looks anonymous: a token for that would replace
    /// the one of the session. The same holds for a form that is posted to the API, whose cookies do not count.
    /// </remarks>
    private static void OfferIf(HubRequest request, bool isWanted)
    {
        if (isWanted && request.Xsrf is { IsNew: true } state && request.Target.RawPath.StartsWith(request.Addresses.HubPath, StringComparison.Ordinal))
        {
            HubCookies.SetXsrf(request, state.Token, request.Requester is null);
        }
    }

    private string IdOf(HubRequest request) => request.Requester switch
    {
        { CookieId: { } cookieId } user => XsrfIds.OfUser(user.SessionId ?? "", cookieId),
        { Kind: RequesterKind.Service } => XsrfIds.OfService,
        _ => ids.OfAnonymous(Sessions.Of(request), request.Client.Address, name => Header(request, name)),
    };

    private static XsrfRequest Facts(HubRequest request) => new()
    {
        IsApi = request.Route.Kind == HubRouteKind.Api,
        Method = request.Http.Request.Method,
        Credential = request.Requester switch
        {
            null => Credential.None,
            { Token: not null } => Credential.Token,
            _ => Credential.Cookie,
        },
        HasOrigin = request.Http.Request.Headers.ContainsKey(HeaderNames.Origin),
        FetchMode = Header(request, "Sec-Fetch-Mode"),
        FetchSite = Header(request, "Sec-Fetch-Site"),
    };

    private static string? Header(HubRequest request, string name) =>
        request.Http.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
