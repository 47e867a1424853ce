using JupyterHub.Core.Announcements;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.State;

/// <summary>What one page, or every page that has nothing of its own, tells everybody.</summary>
/// <param name="Page">The page's name.</param>
/// <param name="Current">What counts now; null for nothing.</param>
/// <param name="Typed">What was typed and not accepted; null if nothing was.</param>
/// <param name="Error">What is wrong with it.</param>
internal sealed record AnnouncementRow(string Page, PageAnnouncement? Current, string? Typed, string? Error)
{
    public string Text => Typed ?? Current?.Message ?? "";

    /// <summary>What the configuration tells can be covered here, not removed.</summary>
    public bool IsRemovable => Current is { IsConfigured: false };
}
