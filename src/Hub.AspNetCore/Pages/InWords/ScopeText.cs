using JupyterHub.AspNetCore.Pages.Texts;

namespace JupyterHub.AspNetCore.Pages.InWords;

/// <summary>A scope in words.</summary>
/// <param name="Value">The scope as it is written.</param>
/// <param name="Name">The same without its filter.</param>
/// <param name="Description">What it allows; empty for one that this hub does not know.</param>
/// <param name="Limit">What it is limited to; null without a filter.</param>
/// <param name="Subject">What it is about.</param>
internal sealed record ScopeText(string Value, string Name, string Description, Sentence? Limit, ScopeSubject Subject);
