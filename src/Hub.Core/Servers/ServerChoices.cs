using System.Text.Json.Nodes;

namespace JupyterHub.Core.Servers;

/// <summary>What whoever creates or starts a server chose.</summary>
/// <param name="DisplayName">How people see it; null to keep what it has, or to name a new one like itself.</param>
/// <param name="UserOptions">Options to save and use; null to keep those saved last.</param>
internal sealed record ServerChoices(string? DisplayName = null, JsonObject? UserOptions = null)
{
    public static ServerChoices Kept { get; } = new();

    /// <summary>What the spawner gets: the choices with the defaults of the rest; null where no options are declared.</summary>
    public JsonObject? CompleteOptions { get; init; }

    /// <summary>Names of options whose last choice is not allowed any more, so that the default holds.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];
}
