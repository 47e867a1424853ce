using System.Text;
using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Api;

/// <summary>How services before 2.0 asked whose token or cookie they were shown (contract 2.11). They ask with a token of their own.</summary>
internal static class AuthorizationsEndpoints
{
    public static void Map(HubRouteTable routes)
    {
        routes.Api("GET", "api/authorizations/token/{token}", GetTokenOwner).AllowAnonymous()
            .Describe("Deprecated since 2.0: shows whose token this is. Asks for a token in the header.").Returns(200, "User");
        routes.Api("GET", "api/authorizations/cookie/{name}", GetCookieOwner).AllowAnonymous()
            .Describe("Deprecated since 2.0: shows whose login cookie is in the body. Asks for a token in the header.").Returns(200, "User");
        routes.Api("GET", "api/authorizations/cookie/{name}/{value}", GetCookieOwner).AllowAnonymous()
            .Describe("Deprecated since 2.0: shows whose login cookie this is. Asks for a token in the header.").Returns(200, "User");
        foreach (var (method, path) in new[] { ("POST", "api/authorizations/token"), ("GET", "api/authorizations/token"), ("POST", "api/authorizations/token/{token}") })
        {
            routes.Api(method, path, Refuse).IgnoreCredentials().ExemptFromXsrf().Describe("Removed in 2.0.");
        }
    }

    private static async Task GetTokenOwner(HubRequest request)
    {
        var requester = ByToken(request);
        var token = await request.Get<TokenFinder>().FindAsync(request.Value("token"), request.Aborted) ?? throw HubHttpException.NotFound("Not Found");
        if (token.User is { } holder && request.Get<UserNames>().IsBlocked(holder.Name))
        {
            // A token that this hub itself does not take must open no service's door.
            throw HubHttpException.NotFound("Not Found");
        }

        request.Get<ActivityRecorder>().RecordPresentedToken(token);
        if (token.User is { } owner)
        {
            // Who shows somebody's token may know whose it is.
            await AnswerAsync(request, requester, owner.Name, UserShape.Of(request) with { Granted = UserShape.Identity });
            return;
        }

        var services = request.Get<ServiceModel>();
        var service = await services.LoadAsync(token.Service!.Name, request.Aborted) ?? throw HubHttpException.NotFound("Not Found");
        await request.JsonAsync(200, writer => services.WriteSelf(writer, service, requester, new Dictionary<string, object?>()));
    }

    private static async Task GetCookieOwner(HubRequest request)
    {
        var requester = ByToken(request);
        var value = request.Value("value") is { Length: > 0 } inPath ? inPath : Encoding.UTF8.GetString(await request.ReadBytesAsync());
        var logins = request.Get<LoginCookie>();
        var login = request.Value("name") == logins.CookieName ? await logins.AuthenticateAsync(value, request.Aborted) : null;
        if (login is null)
        {
            throw HubHttpException.NotFound("Not Found");
        }

        request.Get<ActivityRecorder>().RecordUser(login.User);
        await AnswerAsync(request, requester, login.User.Name, UserShape.Of(request));
    }

    private static Task Refuse(HubRequest request) => throw HubHttpException.NotFound(
        $"{request.Addresses.HubPath}api/authorizations/token was removed in JupyterHub 2.0; use {request.Addresses.HubPath}api/users/:user/tokens instead.");

    private static Requester ByToken(HubRequest request) =>
        request.Requester is { Token: not null } requester ? requester : throw HubHttpException.Forbidden("Missing or invalid credentials.");

    private static async Task AnswerAsync(HubRequest request, Requester requester, string name, UserShape shape)
    {
        var user = await request.Get<UserReader>().FindAsync(name, request.Aborted) ?? throw HubHttpException.NotFound("Not Found");
        var models = request.Get<UserModels>();
        await request.JsonAsync(200, writer => models.Write(writer, user, requester, shape));
    }
}
