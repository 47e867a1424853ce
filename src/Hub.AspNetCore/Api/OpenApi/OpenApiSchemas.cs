using System.Reflection;
using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Api.OpenApi;

/// <summary>The schemas by name; each is a file next to this one, carried inside the assembly.</summary>
internal static class OpenApiSchemas
{
    private const string Folder = "openapi/";

    /// <summary>What is not JSON, by the name of its schema.</summary>
    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.Ordinal)
    {
        ["MetricsText"] = "text/plain",
        ["ProgressEvents"] = "text/event-stream",
        ["TokenRequest"] = "application/x-www-form-urlencoded",
    };

    /// <summary>All schemas, sorted by name.</summary>
    public static JsonObject Load()
    {
        var assembly = typeof(OpenApiSchemas).Assembly;
        var schemas = new JsonObject();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            schemas[name[Folder.Length..^".json".Length]] = Read(assembly, name);
        }

        return schemas;
    }

    /// <summary>What a body with this schema looks like: <c>{media type: {schema}}</c>.</summary>
    /// <param name="name">A schema's name; with <c>[]</c> behind it, a list of it.</param>
    /// <param name="isPaged">True for a listing, whose clients may ask for the form that tells how to go on.</param>
    public static JsonObject Content(string name, bool isPaged = false)
    {
        var schema = name.EndsWith("[]", StringComparison.Ordinal)
            ? new JsonObject { ["type"] = "array", ["items"] = Reference(name[..^2]) }
            : Reference(name);
        return new JsonObject
        {
            [MediaTypes.GetValueOrDefault(name, "application/json")] = new JsonObject { ["schema"] = isPaged && IsListing(name) ? WithWrapped(schema) : schema },
        };
    }

    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    /// <summary>Other schemas tell the place in the listing themselves, or are none.</summary>
    private static bool IsListing(string name) => name.EndsWith("[]", StringComparison.Ordinal) || name == "Routes";

    private static JsonObject WithWrapped(JsonObject items) => new()
    {
        ["anyOf"] = new JsonArray(
            items,
            new JsonObject
            {
                ["type"] = "object",
                ["description"] = "What clients get that accept application/jupyterhub-pagination+json.",
                ["properties"] = new JsonObject { ["items"] = items.DeepClone(), ["_pagination"] = Reference("Pagination") },
                ["required"] = new JsonArray("items", "_pagination"),
            }),
    };

    private static JsonNode? Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        return JsonNode.Parse(stream);
    }
}
