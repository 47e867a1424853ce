namespace JupyterHub.Core.Announcements;

/// <summary>What a page tells everybody.</summary>
/// <param name="Page">The page's name, or <see cref="PageNames.All"/>.</param>
/// <param name="Message">Plain text; empty where the page shows nothing although others do.</param>
/// <param name="ChangedBy">Who set it while the hub ran; null for one of the configuration.</param>
/// <param name="ChangedAt">When that was; null for one of the configuration.</param>
internal sealed record PageAnnouncement(string Page, string Message, string? ChangedBy = null, DateTime? ChangedAt = null)
{
    /// <summary>True for one that the configuration gives: it is back whenever what was set at run time is removed.</summary>
    public bool IsConfigured => ChangedAt is null;
}
