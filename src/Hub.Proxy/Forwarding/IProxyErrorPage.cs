using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Writes the answer for a server that did not give one; the web layer brings its own pages.</summary>
internal interface IProxyErrorPage
{
    /// <summary>Writes headers and body. The status is set already and has to stay.</summary>
    Task WriteAsync(HttpContext context, ProxyFailure failure);
}
