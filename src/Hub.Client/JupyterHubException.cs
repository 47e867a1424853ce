using System.Net;

namespace JupyterHub.Client;

/// <summary>A call to the hub failed: it could not be reached, refused, or answered what nobody can read. Never holds a token.</summary>
public sealed class JupyterHubException : Exception
{
    internal JupyterHubException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>What the hub answered; null when there was no answer.</summary>
    public HttpStatusCode? Status { get; internal init; }

    /// <summary>The hub's own words, shortened to 1,000 characters; null when it gave none.</summary>
    public string? HubMessage { get; internal init; }

    /// <summary>Scopes of which any one would have sufficed, where the hub says so; else empty.</summary>
    public IReadOnlyList<string> RequiredScopes { get; internal init; } = [];

    /// <summary>How long the hub asks to wait before the next try; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    internal static JupyterHubException Unreadable(Exception? cause = null) => new("The hub's answer could not be read.", cause);
}
