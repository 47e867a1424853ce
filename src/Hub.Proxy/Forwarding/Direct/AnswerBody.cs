namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>The ways in which an answer's body is delimited (RFC 9112, 6.3).</summary>
internal enum AnswerBody
{
    None,
    Length,
    Chunked,
    UntilClose,

    /// <summary>None: what follows is a WebSocket.</summary>
    WebSocket,
}
