using JupyterHub.Core.Announcements;

namespace JupyterHub.Core.Configuration.Validation;

/// <summary>Checks what is said about pages. Whether the files are there is seen when they are read, at the start of a hub: tools do not need them.</summary>
internal static class PageOptionsValidator
{
    public const int MostStyleSheets = 8;

    private const string Pages = nameof(JupyterHubOptions.Pages);
    private const int LongestTitle = 100;
    private const int LongestLink = 60;
    private const int MostLinks = 12;
    private const int LongestUrl = 2048;
    private const int LongestText = 2000;
    private const int MostVariables = 200;
    private static readonly string[] Pictures = [".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico"];

    public static void Validate(JupyterHubOptions hub, SettingChecks checks)
    {
        hub.LogoFile = hub.LogoFile is { Length: > 0 } file ? file : null;
        checks.Require(
            hub.LogoFile is null || Pictures.Contains(Path.GetExtension(hub.LogoFile), StringComparer.OrdinalIgnoreCase),
            Of(nameof(hub.LogoFile)),
            $"must name a picture: {string.Join(", ", Pictures)}");
        hub.Pages.Title = hub.Pages.Title.Trim();
        checks.Require(IsLine(hub.Pages.Title, LongestTitle) && hub.Pages.Title.Length > 0, Of(Pages, nameof(PageOptions.Title)), $"must be 1 to {LongestTitle} characters on one line");
        checks.Require(hub.Pages.Footer.Length <= LongestText, Of(Pages, nameof(PageOptions.Footer)), $"may have {LongestText} characters at most");
        checks.Require(hub.Pages.Contact.Length <= LongestText, Of(Pages, nameof(PageOptions.Contact)), $"may have {LongestText} characters at most");
        ValidateStyleSheets(hub.Pages, checks);
        ValidateLinks(hub.Pages.Links, nameof(PageOptions.Links), checks);
        ValidateLinks(hub.Pages.FooterLinks, nameof(PageOptions.FooterLinks), checks);
        ValidateAnnouncements(hub, checks);
        checks.Require(hub.TemplateVars.Count <= MostVariables, Of(nameof(hub.TemplateVars)), $"may have {MostVariables} entries at most");
    }

    private static void ValidateStyleSheets(PageOptions pages, SettingChecks checks)
    {
        var setting = Of(Pages, nameof(PageOptions.StyleSheets));
        checks.Require(pages.StyleSheets.Count <= MostStyleSheets, setting, $"may name {MostStyleSheets} files at most");
        foreach (var (index, file) in pages.StyleSheets.Index())
        {
            checks.Require(Path.GetExtension(file).Equals(".css", StringComparison.OrdinalIgnoreCase), $"{setting}:{index}", "must name a file that ends in .css");
        }
    }

    private static void ValidateLinks(IDictionary<string, string> links, string name, SettingChecks checks)
    {
        checks.Require(links.Count <= MostLinks, Of(Pages, name), $"may have {MostLinks} entries at most");
        foreach (var (text, url) in links)
        {
            checks.Require(IsLine(text, LongestLink) && text.Trim().Length > 0, $"{Of(Pages, name)}:{text}", $"must have a name of 1 to {LongestLink} characters on one line");
            checks.Require(IsLink(url), $"{Of(Pages, name)}:{text}", "must be a path that starts with one /, an http or https URL, or a mailto: address");
        }
    }

    private static void ValidateAnnouncements(JupyterHubOptions hub, SettingChecks checks)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (setting, page, message) in ConfiguredAnnouncements.Of(hub))
        {
            checks.Require(page == PageNames.All || PageNames.Known.Contains(page), Of(setting), $"names no page; pages are {string.Join(", ", PageNames.Known.Order(StringComparer.Ordinal))}");
            checks.Require(message.Length <= LongestText, Of(setting), $"may have {LongestText} characters at most");
            checks.Require(seen.TryAdd(page, setting), Of(setting), $"says the same as {Of(seen[page])}; give only one of them");
        }
    }

    private static bool IsLink(string url) =>
        url.Length <= LongestUrl
        && !url.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || character == '\\')
        && (url.StartsWith('/')
            ? !url.StartsWith("//", StringComparison.Ordinal)
            : Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeMailto));

    private static bool IsLine(string text, int longest) => text.Length <= longest && !text.Any(character => char.IsControl(character) || character is '\u2028' or '\u2029');

    private static string Of(params string[] names) => $"{KnownSettings.Root}:{string.Join(':', names)}";
}
