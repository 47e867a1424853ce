namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>What is shared with the visitor, as far as the page has room for it.</summary>
/// <param name="Servers">The servers, by owner and name.</param>
/// <param name="IsWhole">False if there is more than is listed.</param>
internal sealed record SharedList(IReadOnlyList<SharedServer> Servers, bool IsWhole);
