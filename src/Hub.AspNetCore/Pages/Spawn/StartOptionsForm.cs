using JupyterHub.Core.Spawning;

namespace JupyterHub.AspNetCore.Pages.Spawn;

/// <summary>Model of the Razor view that <see cref="SpawnerOptions.OptionsView"/> names: the inside of the start page's form.</summary>
public sealed class StartOptionsForm
{
    internal StartOptionsForm()
    {
    }

    /// <summary>The owner of the server, raw.</summary>
    public required string UserName { get; init; }

    /// <summary>The server's name; empty for the default server.</summary>
    public required string ServerName { get; init; }

    /// <summary>The declared options, if there are any; fields are named like them.</summary>
    public required IReadOnlyList<StartOption> Options { get; init; }

    /// <summary>What was typed, chosen last, or is the default, as text by field.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>What is wrong with what was typed, by field.</summary>
    public required IReadOnlyDictionary<string, string> Errors { get; init; }
}
