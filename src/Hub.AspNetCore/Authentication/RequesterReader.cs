using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Authentication;

/// <summary>Finds out who asks (contract 1.6): a token first where tokens are taken, then the login cookie. A bad credential is none.</summary>
internal sealed class RequesterReader(TokenFinder tokens, LoginCookie logins, UserNames names, IAuthorities authorities, ActivityRecorder activity)
{
    public async Task IdentifyAsync(HubRequest request)
    {
        var isApi = request.Route.Kind == HubRouteKind.Api;
        if ((isApi || request.Route.TakesTokens) && await FromTokenAsync(request) is { } bearer)
        {
            request.Requester = bearer;
            return;
        }

        if (!isApi || CookiePost.CookieCounts(request.Http.Request.Method, request.Http.Request.ContentType))
        {
            request.Requester = await FromCookieAsync(request);
        }
    }

    private async Task<Requester?> FromTokenAsync(HubRequest request)
    {
        foreach (var header in request.Http.Request.Headers.Authorization)
        {
            if (AuthorizationHeader.ReadToken(header) is { } value
                && await tokens.FindAsync(value, request.Aborted) is { } token
                && await FromTokenAsync(request, token) is { } requester)
            {
                return requester;
            }
        }

        return null;
    }

    private async Task<Requester?> FromTokenAsync(HubRequest request, HubToken token)
    {
        var isUser = token.User is not null;
        var name = token.User?.Name ?? token.Service?.Name;
        if (name is null || (isUser && names.IsBlocked(name)))
        {
            return null;
        }

        if (!request.Route.IsNoActivity)
        {
            activity.RecordTokenUse(token);
        }

        return new Requester
        {
            Kind = isUser ? RequesterKind.User : RequesterKind.Service,
            Id = token.UserId ?? token.ServiceId ?? 0,
            Name = name,
            Admin = token.User?.Admin ?? token.Service?.Admin ?? false,
            Authority = await authorities.OfTokenAsync(token, request.Aborted),
            Token = token,
            SessionId = token.SessionId,
        };
    }

    private async Task<Requester?> FromCookieAsync(HubRequest request)
    {
        var cookies = RequestCookies.All(request.Http.Request, logins.CookieName);
        foreach (var cookie in cookies)
        {
            if (await logins.AuthenticateAsync(cookie, request.Aborted) is { } login)
            {
                request.Login = login;
                return await FromLoginAsync(request, login);
            }
        }

        if (cookies.Count > 0)
        {
            HubCookies.ClearLogin(request);
        }

        return null;
    }

    private async Task<Requester> FromLoginAsync(HubRequest request, Login login)
    {
        if (!request.Route.IsNoActivity)
        {
            activity.RecordUser(login.User);
        }

        return new Requester
        {
            Kind = RequesterKind.User,
            Id = login.User.Id,
            Name = login.User.Name,
            Admin = login.User.Admin,
            Authority = await authorities.OfUserAsync(login.User.Id, request.Aborted),
            SessionId = Sessions.Ensure(request),
            CookieId = login.User.CookieId,
        };
    }
}
