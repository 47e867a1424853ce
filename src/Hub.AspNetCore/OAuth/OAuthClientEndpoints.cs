using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.OAuth;

namespace JupyterHub.AspNetCore.OAuth;

/// <summary>What OAuth clients ask of the hub besides tokens: revocation (RFC 7009), introspection (RFC 7662), metadata (RFC 8414). The original has none of these.</summary>
internal static class OAuthClientEndpoints
{
    public static void Map(HubRouteTable routes)
    {
        routes.Api("POST", "api/oauth2/revoke", Revoke).IgnoreCredentials()
            .Describe("Give back an access token; the client proves itself in the form (RFC 7009).").Returns(200);
        routes.Api("POST", "api/oauth2/introspect", Introspect).IgnoreCredentials()
            .Describe("Ask what an access token gives that was issued to this client (RFC 7662).").Returns(200, "Introspection");
        routes.Api("GET", ".well-known/oauth-authorization-server", Describe).IgnoreCredentials();
    }

    private static async Task Revoke(HubRequest request)
    {
        var failure = await request.Get<TokenRevocationOperation>().ExecuteAsync(await request.RawTextAsync(), request.Aborted);
        OAuthAnswers.ForbidStoring(request);
        await (failure is null ? request.EmptyAsync(200) : OAuthAnswers.FailAsync(request, failure));
    }

    private static async Task Introspect(HubRequest request)
    {
        var result = await request.Get<TokenIntrospectionOperation>().ExecuteAsync(await request.RawTextAsync(), request.Aborted);
        OAuthAnswers.ForbidStoring(request);
        await (result.Failure is { } failure
            ? OAuthAnswers.FailAsync(request, failure)
            : request.JsonAsync(200, writer => Write(writer, result.Active, Issuer(request))));
    }

    private static void Write(Utf8JsonWriter writer, TokenIntrospection? known, string issuer)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("active", known is not null);
        if (known is { Token: var token })
        {
            var owner = token.User?.Name ?? token.Service!.Name;
            writer.WriteString("scope", string.Join(' ', known.Scopes));
            writer.WriteString("client_id", token.ClientId);
            writer.WriteString("token_type", TokenExchangeResult.Success.TokenType);
            writer.WriteString("username", owner);
            writer.WriteString("sub", owner);
            writer.WriteString("iss", issuer);
            WriteTime(writer, "exp", token.ExpiresAt);
            WriteTime(writer, "iat", token.Created);
        }

        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTime? time)
    {
        if (time is { } value)
        {
            writer.WriteNumber(name, new DateTimeOffset(value, TimeSpan.Zero).ToUnixTimeSeconds());
        }
    }

    private static Task Describe(HubRequest request)
    {
        var issuer = Issuer(request);
        var oauth = $"{issuer}/api/oauth2/";
        request.Http.Response.Headers.TryAdd("Access-Control-Allow-Origin", "*");
        return request.JsonAsync(200, new JsonObject
        {
            ["issuer"] = issuer,
            ["authorization_endpoint"] = oauth + "authorize",
            ["token_endpoint"] = oauth + "token",
            ["revocation_endpoint"] = oauth + "revoke",
            ["introspection_endpoint"] = oauth + "introspect",
            ["response_types_supported"] = new JsonArray("code"),
            ["response_modes_supported"] = new JsonArray("query"),
            ["grant_types_supported"] = new JsonArray("authorization_code"),
            ["code_challenge_methods_supported"] = new JsonArray("S256", "plain"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post"),
            ["revocation_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post"),
            ["introspection_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post"),
        });
    }

    /// <summary>The hub's address as browsers see it, without the slash at its end (RFC 8414 section 2 wants a URL without query or fragment).</summary>
    private static string Issuer(HubRequest request)
    {
        var origin = request.Addresses.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{request.Client.Scheme}://{request.Client.Host}";
        return origin + request.Addresses.HubPath.TrimEnd('/');
    }
}
