namespace JupyterHub.Proxy.Forwarding;

/// <summary>How forwarding a request ended.</summary>
internal enum ForwardResult
{
    /// <summary>The server's answer went through, or its WebSocket was closed in order.</summary>
    Forwarded,

    /// <summary>The server could not be reached or did not answer; an error page was sent.</summary>
    Unavailable,

    /// <summary>The route leads back to this hub; an error page was sent.</summary>
    Looping,

    /// <summary>The client's request body was broken; 400, 408 or 413 was sent.</summary>
    BadRequest,

    /// <summary>The client went away first.</summary>
    ClientGone,

    /// <summary>The connection broke after the answer had begun; the client sees it broken off.</summary>
    Interrupted,
}
