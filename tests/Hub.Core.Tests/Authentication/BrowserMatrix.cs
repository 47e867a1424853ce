using System.Text.Json.Nodes;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Authentication;

/// <summary>tests/data/browser-matrix.json; its readme describes the form.</summary>
internal static class BrowserMatrix
{
    public static JsonNode Root { get; } = JsonNode.Parse(File.ReadAllText(Repository.Data("browser-matrix.json")))!;

    public static JsonObject Group(string name) => Root["groups"]![name]!.AsObject();

    public static JsonObject Answer(JsonNode index) => Root["answers"]![(int)index]!.AsObject();

    public static string? Text(this JsonNode? node, string property) => (string?)node?[property];

    /// <summary>True if the contract asks for something else than was recorded; either is right then.</summary>
    public static bool IsMended(string group, string id) => Root["contract"]![group]!.AsObject().Any(pair => id.StartsWith(pair.Key, StringComparison.Ordinal));
}
