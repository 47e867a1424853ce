using System.Net;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>The client as far as it can be believed.</summary>
/// <param name="Address">Its IP address; null when it came over a Unix socket.</param>
/// <param name="Scheme"><c>http</c> or <c>https</c>, as the browser sees it.</param>
/// <param name="Host">Host and port as the browser sees them; empty when the request named none.</param>
internal readonly record struct ClientAddress(IPAddress? Address, string Scheme, string Host)
{
    /// <summary>True when the browser speaks TLS, whether with us or with a proxy in front: cookies are then Secure.</summary>
    public bool IsHttps => Scheme == "https";
}
