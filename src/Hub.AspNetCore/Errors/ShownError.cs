namespace JupyterHub.AspNetCore.Errors;

/// <summary>The error that the error page shows.</summary>
/// <param name="Status">The status that the page speaks of.</param>
/// <param name="Message">What its reader may know besides what the page says of the status.</param>
internal sealed record ShownError(int Status, string? Message = null)
{
    /// <summary>The status that is sent, where it is another one: a proxy that fetches the page sets the real one itself.</summary>
    public int? ResponseStatus { get; init; }

    /// <summary>The scopes any one of which would have sufficed.</summary>
    public IReadOnlyList<string> RequiredScopes { get; init; } = [];

    /// <summary>Seconds after which another try makes sense, if that is known.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Names the request in the log, where it says more.</summary>
    public string? RequestId { get; init; }

    /// <summary>The address that was asked for; null for that of the request.</summary>
    public string? Address { get; init; }

    /// <summary>True where a server behind the proxy failed, not the hub: who the visitor is was not looked at.</summary>
    public bool IsOfServer { get; init; }
}
