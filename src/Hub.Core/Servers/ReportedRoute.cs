namespace JupyterHub.Core.Servers;

/// <summary>A route of the proxy, or one that should be there.</summary>
/// <param name="Routespec">Where it begins.</param>
/// <param name="Target">Where it leads; for a missing one where it should.</param>
/// <param name="State">Whether that is right.</param>
internal sealed record ReportedRoute(string Routespec, Uri Target, RouteState State)
{
    /// <summary>When the last request passed; null if the proxy does not know.</summary>
    public DateTime? LastActivity { get; init; }

    /// <summary>The server that it is for; null for anything else.</summary>
    public ServerKey? Server { get; init; }

    /// <summary>The service that it is for; null for anything else.</summary>
    public string? Service { get; init; }

    /// <summary>True for the way to the hub itself.</summary>
    public bool IsHub { get; init; }

    /// <summary>True for one that the operator keeps in the proxy.</summary>
    public bool IsExtra { get; init; }

    /// <summary>Where the hub would have it lead; null where that is not known.</summary>
    public Uri? Wanted { get; init; }
}
