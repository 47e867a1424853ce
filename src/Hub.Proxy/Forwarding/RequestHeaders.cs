using JupyterHub.Proxy.Routing;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>
/// The headers that a server gets with one request. Decided by what was received: nothing of the proxy's own is left
/// out because a client declares it to be for this hop only.
/// </summary>
internal readonly struct RequestHeaders(RequestHeaderPolicy policy, HttpContext context, RouteEntry route, bool trusted)
{
    private readonly DeclaredHeaders declared = new(context.Request.Headers.Connection);

    /// <summary>Host and port that the server is addressed by. A client of HTTP/1.0 may have named none.</summary>
    public string Host =>
        policy.Options.ChangesOrigin || context.Request.Headers.Host.ToString() is not { Length: > 0 } host ? route.Target.Authority : host;

    /// <summary>True for a header of the client that the server gets as it came. <c>Host</c> never does.</summary>
    public bool Passes(string name)
    {
        if (name.Length == 4 && name.Equals("Host", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return !declared.Includes(name)
            && ForwardingHeaders.Passes(name, trusted, policy.Options.AddsForwardingHeaders)
            && !LoopGuard.Owns(name)
            && (policy.CustomNames.Count == 0 || !policy.CustomNames.Contains(name));
    }

    /// <summary>Adds what the server is told by the proxy.</summary>
    public void AddTo<T>(ref T outgoing)
        where T : IOutgoingHeaders
    {
        if (policy.Options.AddsForwardingHeaders)
        {
            ForwardingHeaders.AddTo(ref outgoing, context, trusted, policy.CustomNames);
        }

        policy.Loops.AddTo(ref outgoing, context);
        foreach (var (name, value) in policy.Options.CustomHeaders)
        {
            outgoing.Set(name, value);
        }
    }
}
