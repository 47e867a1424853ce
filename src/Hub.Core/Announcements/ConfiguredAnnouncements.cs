using JupyterHub.Core.Configuration;

namespace JupyterHub.Core.Announcements;

/// <summary>The announcements of the configuration, in its spelling and in the original's.</summary>
internal static class ConfiguredAnnouncements
{
    /// <summary>The original's key in <c>TemplateVars</c>; with <c>_login</c> and so on behind it for single pages.</summary>
    public const string TemplateVariable = "announcement";

    /// <summary>Each with the setting that gives it, for complaints.</summary>
    public static IEnumerable<(string Setting, string Page, string Message)> Of(JupyterHubOptions hub)
    {
        if (hub.Announcement.Length > 0)
        {
            yield return (nameof(hub.Announcement), PageNames.All, hub.Announcement);
        }

        foreach (var (page, message) in hub.Pages.Announcements)
        {
            yield return ($"{nameof(hub.Pages)}:{nameof(PageOptions.Announcements)}:{page}", page, message);
        }

        foreach (var (name, message) in hub.TemplateVars)
        {
            if (PageOf(name) is { } page)
            {
                yield return ($"{nameof(hub.TemplateVars)}:{name}", page, message);
            }
        }
    }

    private static string? PageOf(string variable) =>
        variable == TemplateVariable ? PageNames.All
        : variable.StartsWith(TemplateVariable + "_", StringComparison.Ordinal) ? variable[(TemplateVariable.Length + 1)..].Replace('_', '-')
        : null;
}
