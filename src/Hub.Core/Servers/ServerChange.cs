using System.Text.Json.Nodes;

namespace JupyterHub.Core.Servers;

/// <summary>What is to change of a server that does not run; null leaves a thing as it is.</summary>
internal sealed record ServerChange
{
    public string? Name { get; init; }

    public string? DisplayName { get; init; }

    public JsonObject? UserOptions { get; init; }
}
