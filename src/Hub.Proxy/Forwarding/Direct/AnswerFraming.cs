namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>How an answer's body is delimited, and whether its connection may be used again.</summary>
internal readonly record struct AnswerFraming(AnswerBody Body, long Length, bool KeepsConnection);
