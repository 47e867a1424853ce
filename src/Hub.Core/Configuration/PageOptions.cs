namespace JupyterHub.Core.Configuration;

/// <summary>How the hub's pages look and what they tell everybody: section <c>JupyterHub:Pages</c>.</summary>
/// <remarks>
/// Texts are plain: markup in them is shown as it is written. In <see cref="Footer"/>, <see cref="Contact"/> and announcements addresses
/// that begin with <c>http://</c> or <c>https://</c> become links, and <c>[words](https://…)</c> is a link with words of its own.
/// </remarks>
public sealed class PageOptions
{
    /// <summary>Name of this hub: beside the logo, and in the title of every page.</summary>
    public string Title { get; set; } = "JupyterHub";

    /// <summary>Style sheets that follow the hub's own, read at start: 8 files at most, of 256 kB each.</summary>
    [HubPath]
    public IList<string> StyleSheets { get; set; } = [];

    /// <summary>Links at the top of every page, such as a help page: addresses by what is shown.</summary>
    public IDictionary<string, string> Links { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Text at the end of every page.</summary>
    public string Footer { get; set; } = "";

    /// <summary>Links at the end of every page, such as an imprint: addresses by what is shown.</summary>
    public IDictionary<string, string> FooterLinks { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whom people ask who lack a permission or met an error: text, in which mail addresses become links too.</summary>
    public string Contact { get; set; } = "";

    /// <summary>Announcements of single pages, by the page's name (<c>login</c>, <c>home</c>, <c>spawn</c> …), instead of the one for all pages; an empty one: none there.</summary>
    public IDictionary<string, string> Announcements { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
