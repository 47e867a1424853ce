using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JupyterHub.OpenIdConnect;

/// <summary>Turns what a provider says of a person into claims: lists become several, and members of objects are named with dots (<c>realm_access.roles</c>).</summary>
internal static class ClaimsMaker
{
    private const int Most = 500;
    private const int Deepest = 4;

    public static ClaimsPrincipal Create(JsonObject document, string issuer)
    {
        var identity = new ClaimsIdentity("JupyterHub.OpenIdConnect");
        foreach (var (type, value) in Flatten(document, "", 0).Take(Most))
        {
            identity.AddClaim(new Claim(type, value, ClaimValueTypes.String, issuer));
        }

        return new ClaimsPrincipal(identity);
    }

    private static IEnumerable<(string Type, string Value)> Flatten(JsonNode? node, string path, int depth) => node switch
    {
        JsonObject members when depth < Deepest => members.SelectMany(member => Flatten(member.Value, path.Length == 0 ? member.Key : $"{path}.{member.Key}", depth + 1)),
        JsonArray items when depth < Deepest => items.SelectMany(item => Flatten(item, path, depth + 1)),
        JsonValue value => [(path, TextOf(value))],
        _ => [],
    };

    private static string TextOf(JsonValue value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
