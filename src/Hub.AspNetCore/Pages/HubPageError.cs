namespace JupyterHub.AspNetCore.Pages;

/// <summary>An error, as its reader may know it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">In English, what went wrong; null if nothing more is said than the status.</param>
public sealed record HubPageError(int Status, string? Message);
