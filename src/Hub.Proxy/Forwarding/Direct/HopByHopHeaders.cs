using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>Headers that end at each hop whether or not <c>Connection</c> says so: the ones that YARP leaves out, too.</summary>
internal static class HopByHopHeaders
{
    // An Alt-Svc would speak for the hub's whole address, not for one user's server.
    private static readonly FrozenSet<string> Names = new[]
    {
        HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.TransferEncoding, HeaderNames.TE, HeaderNames.Upgrade, "HTTP2-Settings",
        HeaderNames.ProxyConnection, HeaderNames.ProxyAuthenticate, HeaderNames.ProxyAuthorization, "Proxy-Authentication-Info",
        "Proxy-Features", "Proxy-Instruction", "Security-Scheme", "ALPN", "Close", HeaderNames.AltSvc,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Includes(string name) => Names.Contains(name);
}
