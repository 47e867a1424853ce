namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>A service of this hub that the visitor may open.</summary>
internal sealed record ServiceLink(string Name, string Url);
