using System.Globalization;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.AspNetCore.Xsrf;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Tokens;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api;

/// <summary>API tokens of users (contract 2.4).</summary>
internal static class TokensEndpoints
{
    public static void Map(HubRouteTable routes)
    {
        routes.Api("GET", "api/users/{user}/tokens", List).RequireScopes(ResourceKind.User, "read:tokens")
            .Describe("Lists a user's tokens.").Returns(200, "Tokens");

        // Who asks may show a password in the body instead of a credential: neither scopes nor the cross-site token are asked for before that is read.
        routes.Api("POST", "api/users/{user}/tokens", Create).AllowAnonymous().ExemptFromXsrf()
            .Describe("Makes a token for a user; needs the scope tokens for that user. Its clear text is shown this once.").Takes("TokenBody").Returns(201, "NewToken");
        routes.Api("GET", "api/users/{user}/tokens/{token}", Get).RequireScopes(ResourceKind.User, "read:tokens")
            .Describe("Shows a token of a user.").Returns(200, "Token");
        routes.Api("DELETE", "api/users/{user}/tokens/{token}", Delete).RequireScopes(ResourceKind.User, "tokens")
            .Describe("Revokes a token; one that an OAuth client obtained takes along that client's other tokens of the user.").Returns(204);
    }

    private static async Task List(HubRequest request)
    {
        var tokens = await request.Get<TokenReader>().ListAsync(request.Value("user"), request.Aborted)
            ?? throw HubHttpException.NotFound($"No such user: {LogText.Bound(request.Value("user"))}");
        var models = request.Get<TokenModels>();
        await request.JsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("api_tokens");
            foreach (var token in tokens)
            {
                models.Write(writer, token);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static async Task Create(HubRequest request)
    {
        var body = await request.ReadObjectAsync("Body must be a JSON dict or empty") ?? [];
        var requester = request.Requester ?? await IdentifyAsync(request, body);
        await CheckXsrfAsync(request);
        var owner = requester.Allows("tokens", Resource.User(request.Value("user")))
            ? await request.Get<TokenOwners>().FindAsync(request.Value("user"), request.Aborted)
            : null;
        if (owner is null)
        {
            throw NotPermitted(request, requester);
        }

        var isOwn = requester.IsUser && requester.Id == owner.Id;
        var order = TokenBody.Parse(body, isOwn ? "Requested via api" : $"Requested via api by {KindOf(requester)} {requester.Name}");
        try
        {
            var (issued, record) = await request.Get<TokenCreation>().CreateAsync(owner, order, request.Aborted) ?? throw NotPermitted(request, requester);
            var models = request.Get<TokenModels>();
            await request.JsonAsync(201, writer => models.Write(writer, record, issued.Value));
        }
        catch (TokenRefusedException refused)
        {
            throw HubHttpException.BadRequest(refused.Message);
        }
    }

    private static async Task Get(HubRequest request)
    {
        var token = IdOf(request) is { } id ? await request.Get<TokenReader>().FindAsync(request.Value("user"), id, request.Aborted) : null;
        var (models, found) = (request.Get<TokenModels>(), token ?? throw NoSuchToken(request));
        await request.JsonAsync(200, writer => models.Write(writer, found));
    }

    private static async Task Delete(HubRequest request)
    {
        if (IdOf(request) is not { } id || !await request.Get<TokenDeletion>().DeleteAsync(request.Value("user"), id, request.Aborted))
        {
            throw NoSuchToken(request);
        }

        await request.EmptyAsync(204);
    }

    private static async Task<Requester> IdentifyAsync(HubRequest request, JsonObject body) =>
        TokenBody.Credentials(body) is { } credentials && await request.Get<TokenOwners>().IdentifyAsync(credentials, request.Client.Address, request.Aborted) is { } known
            ? known
            : throw HubHttpException.Forbidden("Missing or invalid credentials.");

    /// <summary>A browser's cookie counts only together with the session's cross-site token, as everywhere else.</summary>
    private static async Task CheckXsrfAsync(HubRequest request)
    {
        if (request.Requester is { Token: null }
            && await XsrfGate.RefusalAsync(request, request.Get<XsrfGate>().Prepare(request), isExempt: false) is { } refusal)
        {
            XsrfGate.Offer(request);
            throw HubHttpException.Forbidden(refusal);
        }
    }

    private static HubHttpException NotPermitted(HubRequest request, Requester requester)
    {
        var kind = requester.IsUser ? "User" : "Service";
        return new HubHttpException(403, $"{kind} {LogText.Bound(request.Value("user"))} not found or no permissions to generate tokens")
        {
            RequiredScopes = [$"tokens!user={request.Value("user")}"],
        };
    }

    private static string KindOf(Requester requester) => requester.IsUser ? "user" : "service";

    /// <summary>Public ids are the row's number with an <c>a</c> before it.</summary>
    private static int? IdOf(HubRequest request) =>
        request.Value("token") is ['a', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static HubHttpException NoSuchToken(HubRequest request) =>
        HubHttpException.NotFound($"No such token {LogText.Bound(request.Value("token"))} for user {LogText.Bound(request.Value("user"))}");
}
