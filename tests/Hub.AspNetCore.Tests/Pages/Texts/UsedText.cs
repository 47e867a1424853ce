namespace JupyterHub.AspNetCore.Tests.Pages.Texts;

/// <summary>A text that a page or a model shows, and where.</summary>
internal sealed record UsedText(string Key, string File);
