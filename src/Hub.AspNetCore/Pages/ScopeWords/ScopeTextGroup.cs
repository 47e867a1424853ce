namespace JupyterHub.AspNetCore.Pages.ScopeWords;

/// <summary>Scopes about one subject.</summary>
internal sealed record ScopeTextGroup(ScopeSubject Subject, string Title, IReadOnlyList<ScopeText> Scopes);
