namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>An option of a server with its value, cut to what a table has room for.</summary>
internal sealed record ShortOption(string Name, string Value);
