using System.Text.Json.Nodes;

namespace JupyterHub.Core.Servers;

/// <summary>What whoever creates or starts a server chose.</summary>
/// <param name="DisplayName">How people see it; null to keep what it has, or to name a new one like itself.</param>
/// <param name="UserOptions">Options to save and use; null to keep those saved last.</param>
internal sealed record ServerChoices(string? DisplayName = null, JsonObject? UserOptions = null)
{
    public static ServerChoices Kept { get; } = new();
}
