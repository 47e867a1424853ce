namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>A server's answer is no HTTP/1.1 that can be read in one way only. The message is fixed: nothing of the answer is in it.</summary>
internal sealed class UpstreamProtocolException(string message) : IOException(message);
