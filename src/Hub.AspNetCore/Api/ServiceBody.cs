using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Services;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The body of a request that makes a service (contract 2.8): keys, types and lengths.</summary>
internal static class ServiceBody
{
    private const int MostItems = 1_000;
    private const int LongestObject = 64 * 1024;
    private const int LongestName = 200;

    private static readonly Dictionary<string, JsonValueKind[]> Keys = new(StringComparer.Ordinal)
    {
        ["name"] = [JsonValueKind.String],
        ["admin"] = [JsonValueKind.True, JsonValueKind.False],
        ["url"] = [JsonValueKind.String],
        ["oauth_client_allowed_scopes"] = [JsonValueKind.Array],
        ["api_token"] = [JsonValueKind.String],
        ["info"] = [JsonValueKind.Object],
        ["display"] = [JsonValueKind.True, JsonValueKind.False],
        ["oauth_no_confirm"] = [JsonValueKind.True, JsonValueKind.False],
        ["command"] = [JsonValueKind.Array],
        ["cwd"] = [JsonValueKind.String],
        ["environment"] = [JsonValueKind.Object],
        ["user"] = [JsonValueKind.String],
        ["oauth_client_id"] = [JsonValueKind.String],
        ["oauth_redirect_uri"] = [JsonValueKind.String],
    };

    /// <summary>Longest values, as the columns have them; of the same text in databases that came a long way the shorter one.</summary>
    private static readonly Dictionary<string, int> Longest = new(StringComparer.Ordinal)
    {
        ["url"] = 2047,
        ["api_token"] = 1024,
        ["cwd"] = 2047,
        ["user"] = 255,
        ["oauth_client_id"] = 255,
        ["oauth_redirect_uri"] = 1023,
    };

    /// <param name="name">The service's name.</param>
    /// <param name="body">The body.</param>
    /// <param name="waits">Wait until the service answers.</param>
    public static ServiceDraft Parse(string name, JsonObject? body, bool waits = true)
    {
        if (body is null or { Count: 0 })
        {
            throw HubHttpException.BadRequest("Invalid service data");
        }

        BodyShape.Check(body, "service", Keys);
        CheckName(name, body);
        if (BodyShape.Texts(body["command"], "service.command", MostItems).Count > 0)
        {
            throw HubHttpException.BadRequest($"Can not create managed service {LogText.Bound(name)} at runtime");
        }

        return new ServiceDraft
        {
            Name = name,
            Url = Url(name, Text(body, "url")),
            Admin = Flag(body, "admin", byDefault: false),
            AllowedScopes = BodyShape.Texts(body["oauth_client_allowed_scopes"], "service.oauth_client_allowed_scopes", MostItems),
            ApiToken = Text(body, "api_token"),
            Info = Object(body, "info"),
            Display = Flag(body, "display", byDefault: true),
            NoConfirm = Flag(body, "oauth_no_confirm", byDefault: false),
            Cwd = Text(body, "cwd"),
            Environment = Object(body, "environment"),
            User = Text(body, "user"),
            ClientId = Text(body, "oauth_client_id"),
            RedirectUri = Text(body, "oauth_redirect_uri"),
            WaitsForAnswer = waits,
        };
    }

    private static void CheckName(string name, JsonObject body)
    {
        if (name.Length > LongestName || name is "." or ".." || name.Trim().Length != name.Length || name.Any(character => character == '/' || char.IsControl(character)))
        {
            throw HubHttpException.BadRequest($"Invalid service name: {LogText.Bound(name)}; it may have {LongestName} characters, without slashes and control characters");
        }

        if (body["name"] is { } given && given.GetValue<string>() != name)
        {
            throw HubHttpException.BadRequest("service.name must be the name in the path, or be left out");
        }
    }

    private static Uri? Url(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", Host.Length: > 0, UserInfo: "", Port: > 0 }
            ? url
            : throw HubHttpException.BadRequest($"Failed to create service {LogText.Bound(name)}: service.url must be an http or https address with a host and without a user name");
    }

    private static bool Flag(JsonObject body, string key, bool byDefault) => body[key]?.GetValue<bool>() ?? byDefault;

    private static string? Text(JsonObject body, string key)
    {
        var text = (string?)body[key];
        if (text is not null && (text.Length > Longest[key] || text.Contains('\0', StringComparison.Ordinal)))
        {
            throw HubHttpException.BadRequest($"service.{key} may have {Longest[key]} characters at most, none of them NUL");
        }

        return text;
    }

    private static JsonObject? Object(JsonObject body, string key)
    {
        if (body[key] is not JsonObject value)
        {
            return null;
        }

        return value.ToJsonString().Length > LongestObject
            ? throw HubHttpException.BadRequest($"service.{key} may have {LongestObject} characters of JSON at most")
            : (JsonObject)value.DeepClone();
    }
}
