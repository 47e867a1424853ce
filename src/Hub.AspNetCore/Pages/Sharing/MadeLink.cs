namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>A link just made; the page that answers its form is the only one that ever shows it. It never prints it.</summary>
internal sealed class MadeLink(string url, DateTime? expires)
{
    public string Url { get; } = url;

    public DateTime? Expires { get; } = expires;
}
