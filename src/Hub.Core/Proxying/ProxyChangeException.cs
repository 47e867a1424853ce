namespace JupyterHub.Core.Proxying;

/// <summary>The hub does not turn to another proxy; the message may be told to whoever asked for it.</summary>
internal sealed class ProxyChangeException(string message) : Exception(message);
