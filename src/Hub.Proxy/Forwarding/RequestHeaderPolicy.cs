using System.Collections.Frozen;
using JupyterHub.Proxy.Routing;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Decides which headers a server gets: the client's, but for some that are not its to say, and the proxy's own. The same for every forwarder.</summary>
internal sealed class RequestHeaderPolicy
{
    private readonly ClientAddresses clients;

    public RequestHeaderPolicy(ForwardingOptions options, ClientAddresses clients, LoopGuard loops)
    {
        CustomHeadersCheck.Check(options.CustomHeaders);
        this.clients = clients;
        Options = options;
        Loops = loops;
        CustomNames = options.CustomHeaders.Select(header => header.Key).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    public ForwardingOptions Options { get; }

    public LoopGuard Loops { get; }

    public FrozenSet<string> CustomNames { get; }

    /// <summary>What applies to one request.</summary>
    public RequestHeaders For(HttpContext context, RouteEntry route) =>
        new(this, context, route, clients.IsFromTrustedPeer(context));
}
