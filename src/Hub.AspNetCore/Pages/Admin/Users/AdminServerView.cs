namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>One server of a user, with what the viewer may do to it.</summary>
internal sealed record AdminServerView
{
    /// <summary>Empty for the default server.</summary>
    public required string Name { get; init; }

    /// <summary>How its owner calls it.</summary>
    public string? DisplayName { get; init; }

    /// <summary>In the reader's language; null if the viewer may not know.</summary>
    public string? State { get; init; }

    /// <summary>Class of the coloured mark: <c>ready</c>, <c>pending</c> or empty.</summary>
    public string StateClass { get; init; } = "";

    public bool IsActive { get; init; }

    public DateTime? Started { get; init; }

    public DateTime? LastActivity { get; init; }

    /// <summary>Why the last start failed.</summary>
    public string? Failure { get; init; }

    /// <summary>Where it can be visited; null if it does not run, or the viewer may not.</summary>
    public string? OpenUrl { get; init; }

    public string? StartAction { get; init; }

    public string? StopAction { get; init; }

    public string? DeleteAction { get; init; }

    public bool HasActions => OpenUrl is not null || StartAction is not null || StopAction is not null || DeleteAction is not null;
}
