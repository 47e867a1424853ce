using System.Text.Json.Nodes;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tests.Authentication;
using JupyterHub.Core.Tokens;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tests.OAuth;

/// <summary>Plays one case of the OAuth group on the operations, as the web layer would, and describes the last answer as the record does.</summary>
internal sealed class OAuthMatrixCase(OAuthHub hub)
{
    private const string Authorize = "/hub/api/oauth2/authorize";
    private readonly Dictionary<string, string> variables = new() { ["secret:ada"] = OAuthHub.ServerSecret };

    /// <summary>True for cases whose steps are all about the provider; the rest is the web layer's.</summary>
    public static bool CanPlay(JsonArray steps) => steps.All(step =>
    {
        var (method, path, options) = ((string)step![0]!, (string)step[1]!, step[2]!);
        var isAnonymous = options["as"] is null;
        var hasWrongXsrf = (options["f"]?.AsArray() ?? []).Any(pair => (string)pair![0]! == "_xsrf" && (string)pair[1]! == "wrong");
        return (path.StartsWith(Authorize, StringComparison.Ordinal) && !isAnonymous && !hasWrongXsrf)
            || (method, path) is ("POST", "/hub/api/oauth2/token") or ("GET", "/hub/api/user") or ("GET", "/hub/logout")
            || (method == "DELETE" && path.StartsWith("/hub/api/users/", StringComparison.Ordinal));
    });

    public async Task<JsonObject> PlayAsync(JsonArray steps)
    {
        var answer = new JsonObject();
        foreach (var step in steps)
        {
            var (method, path, options) = ((string)step![0]!, (string)step[1]!, step[2]!);
            answer = path.StartsWith(Authorize, StringComparison.Ordinal) ? await AuthorizeAsync(method, path, options)
                : path.EndsWith("/token", StringComparison.Ordinal) ? await ExchangeAsync(options)
                : path == "/hub/api/user" ? await IdentifyAsync(options)
                : path == "/hub/logout" ? await SignOutAsync(options)
                : await DeleteUserAsync(path);
        }

        return answer;
    }

    private async Task<JsonObject> AuthorizeAsync(string method, string path, JsonNode options)
    {
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        var query = mark < 0 ? Encode(options["q"]) : path[(mark + 1)..];
        var name = (string)options["as"]!;
        var consented = Pairs(options["q"]).Concat(Pairs(options["f"])).Where(pair => pair.Key == "scopes").Select(pair => pair.Value).ToArray();
        var result = method == "GET" ? await hub.BeginAsync(name, query) : await hub.ConsentAsync(name, query, Encode(options["f"]), consented);
        return result switch
        {
            AuthorizeResult.Fatal fatal => new JsonObject { ["s"] = fatal.Status, ["d"] = fatal.Message },
            AuthorizeResult.Consent consent => new JsonObject
            {
                ["s"] = 200,
                ["i"] = new JsonArray([.. consent.Request.Scopes.Select(scope => JsonValue.Create($"scopes={scope}")).Prepend(JsonValue.Create("_xsrf"))]),
            },
            AuthorizeResult.Redirect redirect => new JsonObject { ["s"] = 302, ["L"] = Describe(redirect.Location) },
            _ => throw new InvalidOperationException(),
        };
    }

    private string Describe(string location)
    {
        var mark = location.IndexOf('?', StringComparison.Ordinal);
        var pairs = FormEncoding.DecodeLeniently(location[(mark + 1)..]).ToList();
        if (pairs.Find(pair => pair.Key == "code") is { Key: not null } code)
        {
            Assert.Matches("^[A-Za-z0-9]{30}$", code.Value);
            variables["code"] = code.Value;
        }

        return location[..mark] + "?" + string.Join('&', pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={(pair.Key == "code" ? "<code>" : pair.Value)}"));
    }

    private async Task<JsonObject> ExchangeAsync(JsonNode options)
    {
        var form = options["raw"] is { } raw ? Fill((string)raw[1]!) : Encode(options["f"]);
        switch (await hub.ExchangeAsync(form, Encode(options["q"])))
        {
            case TokenExchangeResult.Success success:
                variables["access"] = success.AccessToken;
                return new JsonObject
                {
                    ["s"] = 200,
                    ["j"] = new JsonObject
                    {
                        ["access_token"] = $"<access_token:{success.AccessToken.Length}>",
                        ["expires_in"] = success.ExpiresIn,
                        ["scope"] = success.Scope,
                        ["token_type"] = TokenExchangeResult.Success.TokenType,
                    },
                };
            case TokenExchangeResult.Failure failure:
                var body = new JsonObject { ["error"] = failure.Error };
                if (failure.Description is not null)
                {
                    body["error_description"] = failure.Description;
                }

                return new JsonObject { ["s"] = failure.Status, ["j"] = body };
            default:
                throw new InvalidOperationException();
        }
    }

    private async Task<JsonObject> IdentifyAsync(JsonNode options)
    {
        var token = await new TokenFinder(hub.Hub.Database, hub.Hub.Time)
            .FindAsync(AuthorizationHeader.ReadToken(Fill((string)options["h"]!["Authorization"]!)) ?? "", default);
        if (token is null)
        {
            return new JsonObject { ["s"] = 403 };
        }

        var client = await hub.Hub.Database.ReadAsync((context, cancel) => RegisteredClients.FindAsync(context, token.ClientId, cancel), default);
        var authority = await hub.Hub.Get<Core.Authorization.IAuthorities>().OfUserAsync(token.UserId!.Value, default);
        var scopes = ScopeEngine.BuiltIn.ForToken(token.Scopes, ScopeOwner.User(token.User!.Name), client!.Owner!.Client, authority.Permissions, authority.Membership);
        return new JsonObject
        {
            ["s"] = 200,
            ["name"] = token.User.Name,
            ["session_id"] = $"<session_id:{token.SessionId!.Length}>",
            ["scopes"] = new JsonArray([.. scopes.ToScopes().Select(scope => JsonValue.Create(scope))]),
        };
    }

    private async Task<JsonObject> SignOutAsync(JsonNode options)
    {
        var (login, sessionId) = await hub.SessionAsync((string)options["as"]!);
        await hub.Hub.Get<SignOutOperation>().ExecuteAsync(login, sessionId, default);
        return new JsonObject { ["s"] = 302 };
    }

    private async Task<JsonObject> DeleteUserAsync(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        await hub.Hub.Database.WriteAsync((context, token) => context.Users.Where(user => user.Name == name).ExecuteDeleteAsync(token), default);
        return new JsonObject { ["s"] = 204 };
    }

    private string Encode(JsonNode? pairs) => string.Join('&', Pairs(pairs).Select(pair => $"{FormEncoding.Encode(pair.Key)}={FormEncoding.Encode(pair.Value)}"));

    private IEnumerable<KeyValuePair<string, string>> Pairs(JsonNode? pairs) =>
        (pairs?.AsArray() ?? []).Select(pair => KeyValuePair.Create((string)pair![0]!, Fill((string)pair[1]!)));

    private string Fill(string text) => variables.Aggregate(text, (filled, variable) => filled.Replace($"{{{variable.Key}}}", variable.Value, StringComparison.Ordinal));
}
