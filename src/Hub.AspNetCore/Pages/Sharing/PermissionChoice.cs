namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>Something that somebody may be allowed to do with a server.</summary>
/// <param name="Scope">The scope without its filter.</param>
/// <param name="Text">What it allows, in words.</param>
/// <param name="IsChosen">True if it is allowed already, or was chosen before the form came back.</param>
internal sealed record PermissionChoice(string Scope, string Text, bool IsChosen);
