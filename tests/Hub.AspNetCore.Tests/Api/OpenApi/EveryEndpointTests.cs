using System.Text;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Tests.Fuzz;
using JupyterHub.Core.OAuth;

namespace JupyterHub.AspNetCore.Tests.Api.OpenApi;

/// <summary>Every endpoint does once what it is for, and answers as it is described: status, media type and schema.</summary>
public sealed class EveryEndpointTests
{
    /// <summary>What has no success here: shares belong to a server (contract 2.10), everybody has a default server (2.5), what was removed is gone (2.11), this hub is not asked to end and gives no access to administrators.</summary>
    private static readonly string[] NeverDone =
    [
        "DELETE api/share-codes/{owner}", "DELETE api/shares/{owner}", "GET api/authorizations/token", "PATCH api/shares/{owner}", "POST api/authorizations/token",
        "POST api/authorizations/token/{token}", "POST api/share-codes/{owner}", "POST api/shares/{owner}", "POST api/shutdown", "POST api/users/{user}/admin-access", "PUT api/users/{user}/server", "PUT api/users/{user}/servers/",
    ];

    /// <summary>Method, path below the API, body. <c>{token}</c> and the like stand for what an answer before gave.</summary>
    private static readonly (string Method, string Target, string Body)[] Calls =
    [
        ("GET", "/", ""), ("GET", "/info", ""), ("GET", "/user", ""), ("GET", "/health", ""), ("HEAD", "/health", ""), ("GET", "/metrics", ""), ("GET", "/openapi.json", ""),
        ("POST", "/users", """{"usernames": ["new-1", "new-2"]}"""), ("GET", "/users", ""), ("GET", "/users?include_stopped_servers&state=active&sort=-name&limit=2", ""),
        ("POST", "/users/new-3", "{}"), ("GET", "/users/ada?include_stopped_servers", ""), ("PATCH", "/users/new-3", """{"name": "new-4"}"""), ("DELETE", "/users/new-4", ""), ("DELETE", "/users/new-2/sessions", ""),
        ("POST", "/users/ada/activity", """{"last_activity": "2024-01-01T00:00:00Z"}"""),
        ("POST", "/users/ada/tokens", """{"note": "mine", "expires_in": 3600}"""), ("GET", "/users/ada/tokens", ""), ("GET", "/users/ada/tokens/{id}", ""),
        ("GET", "/authorizations/token/{token}", ""), ("DELETE", "/users/ada/tokens/{id}", ""),
        ("GET", "/authorizations/cookie/jupyterhub-hub-login", "{cookie}"), ("GET", "/authorizations/cookie/jupyterhub-hub-login/{cookie}", ""),
        ("GET", "/users/new-1/server", ""), ("POST", "/users/new-1/server", """{"user_options": {"size": "s"}}"""), ("GET", "/users/new-1/server/progress", ""),
        ("DELETE", "/users/new-1/server", ""), ("PATCH", "/users/new-1/server", """{"user_options": {}}"""),
        ("GET", "/users/new-2/servers/", ""), ("POST", "/users/new-2/servers/", "{}"), ("GET", "/users/new-2/servers//progress", ""),
        ("DELETE", "/users/new-2/servers/", ""), ("PATCH", "/users/new-2/servers/", """{"user_options": {}}"""),
        ("PUT", "/users/new-1/servers/one", """{"display_name": "One"}"""), ("GET", "/users/new-1/servers/one", ""), ("PATCH", "/users/new-1/servers/one", """{"name": "two"}"""),
        ("POST", "/users/new-1/servers/two", "{}"), ("GET", "/users/new-1/servers/two/progress", ""), ("GET", "/users/new-1", ""), ("DELETE", "/users/new-1/servers/two", ""),
        ("GET", "/spawn-options?user=new-1", ""), ("GET", "/spawn-options?user=new-1&server=two", ""),
        ("GET", "/groups", ""), ("POST", "/groups", """{"groups": ["new-g"], "users": ["ada"]}"""), ("POST", "/groups/new-h", "{}"), ("GET", "/groups/new-g", ""),
        ("POST", "/groups/new-h/users", """{"users": ["grace"]}"""), ("DELETE", "/groups/new-h/users", """{"users": ["grace"]}"""), ("PUT", "/groups/new-h/properties", """{"a": 1}"""), ("DELETE", "/groups/new-h", ""),
        ("GET", "/services", ""), ("POST", "/services/new-s", """{"info": {"a": 1}}"""), ("GET", "/services/new-s", ""),
        ("GET", "/proxy", ""), ("POST", "/proxy", ""), ("PATCH", "/proxy", "{}"),
        ("POST", "/shares/ada/lab", """{"user": "new-1"}"""), ("POST", "/shares/ada/", """{"user": "new-1"}"""), ("POST", "/shares/ada/", """{"group": "new-g"}"""), ("POST", "/shares/ada/lab", """{"group": "new-g"}"""),
        ("GET", "/shares/ada", ""), ("GET", "/shares/ada/lab", ""), ("GET", "/shares/ada/", ""),
        ("GET", "/users/new-1/shared", ""), ("GET", "/users/new-1/shared/ada/lab", ""), ("GET", "/users/new-1/shared/ada/", ""),
        ("GET", "/groups/new-g/shared", ""), ("GET", "/groups/new-g/shared/ada/lab", ""), ("GET", "/groups/new-g/shared/ada/", ""),
        ("DELETE", "/users/new-1/shared/ada/lab", ""), ("DELETE", "/users/new-1/shared/ada/", ""), ("DELETE", "/groups/new-g/shared/ada/lab", ""), ("DELETE", "/groups/new-g/shared/ada/", ""),
        ("PATCH", "/shares/ada/lab", """{"user": "grace"}"""), ("DELETE", "/shares/ada/lab", ""), ("POST", "/shares/ada/", """{"user": "new-1"}"""), ("PATCH", "/shares/ada/", """{"user": "new-1"}"""), ("DELETE", "/shares/ada/", ""),
        ("POST", "/share-codes/ada/lab", "{}"), ("POST", "/share-codes/ada/", """{"expires_in": 3600}"""), ("GET", "/share-codes/ada", ""), ("GET", "/share-codes/ada/lab", ""), ("GET", "/share-codes/ada/", ""),
        ("DELETE", "/share-codes/ada/lab", ""), ("DELETE", "/share-codes/ada/", ""),
        ("GET", "/roles", ""), ("POST", "/roles", """{"name": "new-role", "scopes": ["read:users"], "expires_in": 3600}"""), ("POST", "/roles/new-role-2", """{"users": ["ada"], "groups": ["new-g"], "services": ["new-s"]}"""),
        ("GET", "/roles/new-role-2", ""), ("PATCH", "/roles/new-role-2", """{"description": "text"}"""), ("PUT", "/roles/new-role/users/ada", "{}"), ("PUT", "/roles/new-role/groups/new-g", """{"expires_in": 3600}"""),
        ("PUT", "/roles/new-role/services/new-s", "{}"), ("DELETE", "/roles/new-role/users/ada", ""), ("DELETE", "/roles/new-role/groups/new-g", ""), ("DELETE", "/roles/new-role/services/new-s", ""),
        ("POST", "/roles/preview", """{"action": "create", "role": "newer", "body": {"scopes": ["read:users"], "users": ["ada"]}}"""), ("DELETE", "/roles/new-role-2", ""),
        ("POST", "/authorize/explain", """{"user": "ada", "scope": "read:users"}"""), ("POST", "/authorize/explain", """{"scope": "shutdown"}"""), ("DELETE", "/services/new-s", ""),
        ("PUT", "/announcements/login", """{"message": "Closed on Sunday"}"""), ("GET", "/announcements", ""), ("DELETE", "/announcements/login", ""),
    ];

    [Fact]
    public async Task It_answers_as_described()
    {
        await using var hub = await FuzzHub.StartAsync();
        using var connection = new FuzzConnection(hub.Host.Url);
        var known = new Dictionary<string, string>(StringComparer.Ordinal) { ["{cookie}"] = hub.Tokens[^1] };
        foreach (var (method, target, body) in Calls)
        {
            var answer = await CallAsync(hub, connection, method, Fill(target, known), $"{hub.Credentials[0]}Content-Type: application/json\r\n", Fill(body, known));
            if (answer.Body.StartsWith('{') && JsonNode.Parse(answer.Body) is JsonObject made && made["token"] is JsonValue token && token.TryGetValue(out string? value))
            {
                (known["{token}"], known["{id}"]) = (value, (string)made["id"]!);
            }
        }

        await ExchangeAsync(hub, connection);
        Assert.Equal(NeverDone, hub.Check.Missing.Order(StringComparer.Ordinal));
    }

    /// <summary>A code for a token, its introspection and its end, as the client that it is for.</summary>
    private static async Task ExchangeAsync(FuzzHub hub, FuzzConnection connection)
    {
        const string secret = "secret-of-the-client";
        Assert.Equal(201, await hub.StatusAsync("POST", "services/client", $$"""{"api_token": "{{secret}}", "oauth_redirect_uri": "/there", "oauth_no_confirm": true}"""));
        var user = await hub.Host.Data.UserAsync("signed-in");
        await hub.Host.Data.GrantAsync("signed-in", "access:services!service=client");
        await hub.Host.Data.AddAsync(new OAuthCode
        {
            ClientId = "service-client", Code = "0123456789012345678901234567ab", ExpiresAt = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds(), RedirectUri = "/there", UserId = user.Id, Scopes = ["access:services!service=client"],
        });
        const string type = "Content-Type: application/x-www-form-urlencoded\r\n";
        var client = $"client_id=service-client&client_secret={secret}";
        var exchanged = await CallAsync(hub, connection, "POST", "/oauth2/token", type, $"grant_type=authorization_code&code=0123456789012345678901234567ab&redirect_uri=/there&{client}");
        var token = (string)JsonNode.Parse(exchanged.Body)!["access_token"]!;
        var asked = await CallAsync(hub, connection, "POST", "/oauth2/introspect", type, $"token={token}&{client}");
        Assert.True((bool)JsonNode.Parse(asked.Body)!["active"]!);
        await CallAsync(hub, connection, "POST", "/oauth2/revoke", type, $"token={token}&{client}");
    }

    private static async Task<RawAnswer> CallAsync(FuzzHub hub, FuzzConnection connection, string method, string target, string headers, string body)
    {
        var request = new FuzzRequest(method, "/hub/api" + target, headers, Encoding.UTF8.GetBytes(body), IsChunked: false);
        var answer = await connection.SendAsync(request.ToBytes(hub.Host.Url), method == "HEAD", isLast: false);
        Assert.True(answer.Status is >= 200 and < 300, $"{method} {target}: {answer.Status} {answer.Body}");
        var fault = hub.Check.Fault(request, answer);
        Assert.True(fault is null, fault);
        return answer;
    }

    private static string Fill(string text, Dictionary<string, string> known) =>
        known.Aggregate(text, (filled, pair) => filled.Replace(pair.Key, pair.Value, StringComparison.Ordinal));
}
