namespace JupyterHub.Core.Announcements;

/// <summary>A row of <c>hub_announcements</c>: what pages tell everybody.</summary>
internal sealed class Announcement
{
    /// <summary>The page that shows it; empty for every page that has none of its own.</summary>
    public required string Page { get; set; }

    public required string Message { get; set; }

    public string? ChangedBy { get; set; }

    public DateTime ChangedAt { get; set; }
}
