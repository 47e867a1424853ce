namespace JupyterHub.AspNetCore.Pages;

/// <summary>A link that every page has.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Url">Where it leads.</param>
/// <param name="IsCurrent">True on the page that it leads to.</param>
public sealed record HubPageLink(string Text, string Url, bool IsCurrent = false);
