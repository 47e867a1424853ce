using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api.OpenApi;

/// <summary>Who may call an endpoint: the credentials, and for each of them the scopes any one of which suffices.</summary>
internal static class OpenApiSecurity
{
    public const string Token = "token";
    public const string Cookie = "login";

    public static JsonObject Schemes(string cookieName) => new()
    {
        [Token] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["description"] = "A token in the header Authorization, behind `Bearer` or `token`.",
        },
        [Cookie] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "cookie",
            ["name"] = cookieName,
            ["description"] = "The cookie of a person who signed in. What changes something also has to carry the session's `_xsrf` token, in the header X-XSRFToken.",
        },
    };

    /// <summary>The alternatives; none for endpoints that anybody may call.</summary>
    public static JsonArray Of(HubRoute route)
    {
        var alternatives = new JsonArray();
        if (route.Scopes is null && route.IsAnonymous)
        {
            return alternatives;
        }

        // An empty scope stands for none: any credential does.
        var scopes = route.Scopes is { } required ? required.Scopes.Select(scope => scope + FilterOf(route, required.Filter)) : [""];
        foreach (var scope in scopes)
        {
            foreach (var scheme in new[] { Token, Cookie })
            {
                alternatives.Add((JsonNode)new JsonObject { [scheme] = scope.Length == 0 ? [] : new JsonArray(scope) });
            }
        }

        return alternatives;
    }

    /// <summary>How a scope may be filtered: by the entity in the path, not at all, or anyhow.</summary>
    public static string? FilterKindOf(HubRoute route) => route.Scopes switch
    {
        null => null,
        { IsAnyFilterEnough: true } => "any",
        { Filter: { } kind } => NameOf(kind),
        _ => "none",
    };

    private static string FilterOf(HubRoute route, ResourceKind? kind) => kind switch
    {
        null => "",
        ResourceKind.Server => route.Pattern.Contains("{server}", StringComparison.Ordinal) ? "!server={user}/{server}" : "!server={user}/",
        { } other => $"!{NameOf(other)}={{{NameOf(other)}}}",
    };

    private static string NameOf(ResourceKind kind) => kind switch
    {
        ResourceKind.User => "user",
        ResourceKind.Group => "group",
        ResourceKind.Service => "service",
        _ => "server",
    };
}
