namespace JupyterHub.Proxy.Forwarding;

/// <summary>The headers of a request to a server, as they are being written.</summary>
internal interface IOutgoingHeaders
{
    /// <summary>Gives a header a value, in place of any that it has. What no header may hold is left out.</summary>
    void Set(string name, scoped ReadOnlySpan<char> value);
}
