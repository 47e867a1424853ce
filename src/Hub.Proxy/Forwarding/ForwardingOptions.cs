namespace JupyterHub.Proxy.Forwarding;

/// <summary>How requests are forwarded, whoever runs the proxy.</summary>
internal sealed record ForwardingOptions
{
    /// <summary>For whoever suspects the direct path: a switch in <c>runtimeconfig.json</c>.</summary>
    public const string NoDirectPath = "JupyterHub.Proxy.DisableDirectPath";

    /// <inheritdoc cref="InProcessProxyOptions.ConnectTimeout"/>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc cref="InProcessProxyOptions.ActivityTimeout"/>
    public TimeSpan ActivityTimeout { get; init; } = TimeSpan.FromDays(1);

    /// <inheritdoc cref="InProcessProxyOptions.MaxResponseHeadersKilobytes"/>
    public int MaxResponseHeadersKilobytes { get; init; } = 64;

    /// <inheritdoc cref="InProcessProxyOptions.DrainTimeout"/>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc cref="InProcessProxyOptions.WebSocketDrainTimeout"/>
    public TimeSpan WebSocketDrainTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc cref="InProcessProxyOptions.MaxRequestsPerRoute"/>
    public int? MaxRequestsPerRoute { get; init; }

    /// <inheritdoc cref="InProcessProxyOptions.MaxWebSockets"/>
    public int? MaxWebSockets { get; init; }

    /// <summary>Certificates for https targets.</summary>
    public UpstreamTls Tls { get; init; } = new();

    /// <summary>What connections to servers are taken from.</summary>
    public SocketBudget Sockets { get; init; } = SocketBudget.Unlimited;

    /// <summary>Tells servers who their client is (<c>X-Forwarded-*</c>).</summary>
    public bool AddsForwardingHeaders { get; init; } = true;

    /// <summary>Sends the target's host and port as <c>Host</c> instead of the client's.</summary>
    public bool ChangesOrigin { get; init; }

    /// <summary>Puts the client's host and port into the <c>Location</c> of redirects that name the target's.</summary>
    public bool RewritesRedirects { get; init; }

    /// <summary>Scheme to put into the <c>Location</c> of redirects that name the target; null to leave it.</summary>
    public string? RedirectScheme { get; init; }

    /// <summary>Puts a target's path in front of the request's.</summary>
    public bool PrependsTargetPath { get; init; } = true;

    /// <summary>Keeps the route's own path in what the server is asked for.</summary>
    public bool IncludesPrefix { get; init; } = true;

    /// <summary>Headers that every forwarded request gets, in place of the client's of the same name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> CustomHeaders { get; init; } = [];

    /// <summary>Forwards plain HTTP/1.1 on a path of its own; off (also by the runtime's switch <see cref="NoDirectPath"/>), everything is forwarded by YARP.</summary>
    public bool UsesDirectPath { get; init; } = !AppContext.TryGetSwitch(NoDirectPath, out var isOff) || !isOff;

    public static ForwardingOptions Of(InProcessProxyOptions options)
    {
        InProcessProxyOptionsCheck.Check(options);
        return new ForwardingOptions
        {
            ConnectTimeout = options.ConnectTimeout,
            ActivityTimeout = options.ActivityTimeout,
            MaxResponseHeadersKilobytes = options.MaxResponseHeadersKilobytes,
            DrainTimeout = options.DrainTimeout,
            WebSocketDrainTimeout = options.WebSocketDrainTimeout,
            MaxRequestsPerRoute = options.MaxRequestsPerRoute,
            MaxWebSockets = options.MaxWebSockets,
            Tls = new UpstreamTls(InProcessProxyCertificates.Read(options)),
        };
    }
}
