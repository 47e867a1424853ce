using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Tests.Databases;

/// <summary>The configuration that the operator of a recorded database had: what it would lose, the next start would take away.</summary>
internal static class RecordedConfiguration
{
    public static JsonObject Create(JsonNode recorded) => new()
    {
        ["JupyterHub"] = new JsonObject
        {
            ["CustomScopes"] = new JsonObject
            {
                ["custom:grades"] = new JsonObject { ["Description"] = "Enter grades", ["Subscopes"] = new JsonArray("custom:grades:read") },
                ["custom:grades:read"] = new JsonObject { ["Description"] = "Read grades" },
            },
            ["LoadRoles"] = new JsonArray([.. recorded["roles"]!.AsArray().Where(IsDeclared).Select(role => Role(role!, recorded))]),
            ["Services"] = new JsonArray([.. recorded["services"]!.AsArray().Where(service => (bool)service!["from_config"]!).Select(service => Service(service!, recorded))]),
        },
    };

    private static bool IsDeclared(JsonNode? role) => !(bool)role!["managed_by_auth"]! && (string)role["name"]! is not ("admin" or "token");

    private static JsonObject Role(JsonNode role, JsonNode recorded)
    {
        var name = (string)role["name"]!;
        var declared = new JsonObject { ["Name"] = name, ["Description"] = (string?)role["description"], ["Scopes"] = role["scopes"]!.DeepClone() };
        if (name != "user")
        {
            declared["Users"] = Holders(recorded["users"]!, name);
            declared["Groups"] = Holders(recorded["groups"]!, name);
            declared["Services"] = Holders(recorded["services"]!, name);
        }

        return declared;
    }

    private static JsonArray Holders(JsonNode entities, string role) =>
        new([.. entities.AsArray().Where(entity => entity!["roles"]!.AsArray().Any(held => (string)held! == role)).Select(entity => entity!["name"]!.DeepClone())]);

    private static JsonObject Service(JsonNode service, JsonNode recorded)
    {
        var name = (string)service["name"]!;
        var declared = new JsonObject
        {
            ["Name"] = name,
            ["ApiToken"] = recorded["tokens"]!.AsArray().First(token => (string?)token!["owner"]?["kind"] == "service" && (string?)token["owner"]?["name"] == name)!["token"]!.DeepClone(),
        };
        if (recorded["oauth_clients"]!.AsArray().FirstOrDefault(client => (string)client!["identifier"]! == $"service-{name}") is { } client)
        {
            declared["Url"] = "http://127.0.0.1:9999";
            declared["OauthRedirectUri"] = client["redirect_uri"]!.DeepClone();
            declared["OauthClientAllowedScopes"] = client["allowed_scopes"]!.DeepClone();
        }

        return declared;
    }
}
