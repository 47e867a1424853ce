namespace JupyterHub.Core.Servers;

/// <summary>How a route of the proxy agrees with what the hub knows.</summary>
internal enum RouteState
{
    /// <summary>It leads to a server or service that is there.</summary>
    Good,

    /// <summary>It leads to a server that another hub looks after, or that is being looked for.</summary>
    Elsewhere,

    /// <summary>It leads to another address than its server or service has.</summary>
    WrongTarget,

    /// <summary>Its server or service does not run.</summary>
    Stale,

    /// <summary>The server or service is there, and the route is not.</summary>
    Missing,

    /// <summary>It is not one that the hub makes.</summary>
    Foreign,
}
