using JupyterHub.Core.Configuration;
using JupyterHub.Proxy.Forwarding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace JupyterHub.Proxy.Tests.Hosts;

/// <summary>What a test wants to be different about its proxy.</summary>
internal sealed class ProxyHostSetup
{
    public JupyterHubOptions Hub { get; } = new();

    public Action<InProcessProxyOptions>? Proxy { get; set; }

    /// <summary>Whether plain requests take the direct path, or YARP's like everything else.</summary>
    public bool UsesDirectPath { get; set; } = true;

    /// <summary>Changes how requests are forwarded beyond what the hub's options can say.</summary>
    public Func<ForwardingOptions, ForwardingOptions>? Forwarding { get; set; }

    public TimeProvider? Time { get; set; }

    /// <summary>What tells how long a route has been gone, apart from all other clocks.</summary>
    public TimeProvider? DrainTime { get; set; }

    public IProxyErrorPage? ErrorPage { get; set; }

    public HttpProtocols Protocols { get; set; } = HttpProtocols.Http1;

    public Action<ListenOptions>? Listen { get; set; }

    public Action<KestrelServerOptions>? Kestrel { get; set; }

    public Action<WebApplication>? Pipeline { get; set; }

    public ForwardingOptions Apply(ForwardingOptions options)
    {
        options = options with { UsesDirectPath = UsesDirectPath };
        return Forwarding?.Invoke(options) ?? options;
    }
}
