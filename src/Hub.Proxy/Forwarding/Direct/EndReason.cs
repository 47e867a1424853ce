namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>Why a request was ended from outside.</summary>
internal enum EndReason
{
    None,

    /// <summary>The client has gone, or the route's time is over.</summary>
    Cancelled,

    /// <summary>No byte moved for too long.</summary>
    Silent,

    /// <summary>The client's body is broken.</summary>
    BrokenBody,
}
