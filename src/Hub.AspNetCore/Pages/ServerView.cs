namespace JupyterHub.AspNetCore.Pages;

/// <summary>One server as pages show it.</summary>
internal sealed record ServerView
{
    public required string State { get; init; }

    /// <summary>Class of the coloured mark: <c>ready</c>, <c>pending</c>, <c>failed</c> or empty.</summary>
    public required string StateClass { get; init; }

    public required bool IsReady { get; init; }

    public required bool IsPending { get; init; }

    public required string Url { get; init; }

    public required string PendingUrl { get; init; }

    public required string StartAction { get; init; }

    public required string StopAction { get; init; }

    public DateTime? Started { get; init; }

    public DateTime? LastActivity { get; init; }

    public string? Failure { get; init; }
}
