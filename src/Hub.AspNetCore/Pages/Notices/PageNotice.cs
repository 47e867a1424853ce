namespace JupyterHub.AspNetCore.Pages.Notices;

/// <summary>What the page after a form tells of it.</summary>
/// <param name="Text">For the person who sent the form, in their language.</param>
/// <param name="IsError">True where something was not done.</param>
internal sealed record PageNotice(string Text, bool IsError = false);
