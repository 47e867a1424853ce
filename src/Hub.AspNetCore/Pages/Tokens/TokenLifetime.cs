namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>An entry of the list of lifetimes.</summary>
/// <param name="Value">What the form sends: seconds, or one of the words of <see cref="TokenLifetimes"/>.</param>
/// <param name="Text">What people read.</param>
internal sealed record TokenLifetime(string Value, string Text);
