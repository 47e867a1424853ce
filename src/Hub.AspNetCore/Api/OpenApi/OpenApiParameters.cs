using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Routing;

namespace JupyterHub.AspNetCore.Api.OpenApi;

/// <summary>The parameters of paths and queries, described once for all endpoints.</summary>
internal static class OpenApiParameters
{
    private static readonly Dictionary<string, string> PathTexts = new(StringComparer.Ordinal)
    {
        ["user"] = "A user's name.",
        ["server"] = "A server's name.",
        ["group"] = "A group's name.",
        ["service"] = "A service's name.",
        ["role"] = "A role's name.",
        ["page"] = "A page's name, such as login; all for every page that has no announcement of its own.",
        ["owner"] = "Name of the user whose server is shared.",
        ["token"] = "A token: its id, such as a12; below authorizations, its value.",
        ["name"] = "Name of the cookie.",
        ["value"] = "Value of the cookie.",
    };

    private static readonly Dictionary<string, (string Text, string Schema)> Queries = new(StringComparer.Ordinal)
    {
        ["offset"] = ("Items to leave out at the beginning.", """{"type":"integer","default":0}"""),
        ["limit"] = ("Most items to give; the hub's own limit goes before it.", """{"type":"integer"}"""),
        ["state"] = ("Only users with a server that is active or ready, or with none.", """{"type":"string","enum":["active","ready","inactive"]}"""),
        ["name_filter"] = ("Only names that contain this, in whatever case.", """{"type":"string"}"""),
        ["sort"] = ("The order; a minus sign turns it round.", """{"type":"string","enum":["id","name","last_activity","-id","-name","-last_activity"]}"""),
        ["include_stopped_servers"] = ("Show servers that do not run, too.", """{"type":"string"}"""),
        ["user"] = ("The owner of the server; by default whoever asks.", """{"type":"string"}"""),
        ["server"] = ("The server's name; by default that of the default server, which is empty.", """{"type":"string"}"""),
        ["code"] = ("The code to delete, by its value.", """{"type":"string"}"""),
        ["id"] = ("The code to delete, by its id.", """{"type":"string","pattern":"^sc_[0-9]+$"}"""),
    };

    public static JsonArray Of(HubRoute route)
    {
        var parameters = new JsonArray();
        foreach (var part in route.Pattern.Split('/').Where(part => part.StartsWith('{')))
        {
            var name = part.Trim('{', '}', '*');
            parameters.Add((JsonNode)Parameter(name, "path", PathTexts.GetValueOrDefault(name, "Part of the path."), """{"type":"string"}""", isRequired: true));
        }

        foreach (var name in route.QueryParameters)
        {
            var (text, schema) = Queries.GetValueOrDefault(name, ("Part of the query.", """{"type":"string"}"""));
            parameters.Add((JsonNode)Parameter(name, "query", text, schema, isRequired: false));
        }

        return parameters;
    }

    /// <summary>True if this page knows a query parameter; tests ask.</summary>
    public static bool Knows(string queryParameter) => Queries.ContainsKey(queryParameter);

    private static JsonObject Parameter(string name, string place, string text, string schema, bool isRequired) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = isRequired,
        ["description"] = text,
        ["schema"] = JsonNode.Parse(schema),
    };
}
