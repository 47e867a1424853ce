namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Scopes;

/// <summary>A scope in words.</summary>
/// <param name="Text">As a role has it, with its filter.</param>
/// <param name="Description">What it allows; null for one that does not exist here.</param>
/// <param name="Filter">For what it holds; null for everything.</param>
/// <param name="Includes">The scopes that it implies, directly or through others.</param>
internal sealed record ScopeWord(string Text, string? Description, string? Filter, IReadOnlyList<string> Includes);
