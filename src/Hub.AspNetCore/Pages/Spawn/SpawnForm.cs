using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages.Spawn;

/// <summary>The form of one start as it is shown, with what was typed or chosen last.</summary>
internal sealed record SpawnForm
{
    public required ServerKey Key { get; init; }

    /// <summary>How people see a named server; empty for the default server.</summary>
    public required string Label { get; init; }

    /// <summary>A named server that is made by starting it.</summary>
    public required bool IsNew { get; init; }

    public string DisplayName { get; init; } = "";

    public string? DisplayNameError { get; init; }

    /// <summary>What is wrong with the whole, in the reader's language where that is known.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Fields of the declared options; empty where the operator's own form takes their place.</summary>
    public IReadOnlyList<StartField> Fields { get; init; } = [];

    /// <summary>What a view of the application gets.</summary>
    public required StartOptionsForm Given { get; init; }

    public bool HasErrors => Errors.Count > 0 || DisplayNameError is not null || Fields.Any(shown => shown.Error is not null);
}
