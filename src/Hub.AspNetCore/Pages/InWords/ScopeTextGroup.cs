namespace JupyterHub.AspNetCore.Pages.InWords;

/// <summary>Scopes about one subject.</summary>
internal sealed record ScopeTextGroup(ScopeSubject Subject, string Title, IReadOnlyList<ScopeText> Scopes);
