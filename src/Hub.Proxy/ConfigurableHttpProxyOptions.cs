using JupyterHub.Core.Configuration;

namespace JupyterHub.Proxy;

/// <summary>Settings of a proxy that is another program with the API of configurable-http-proxy: section <c>JupyterHub:Proxy</c> with <c>Type</c> <c>chp</c>.</summary>
public sealed class ConfigurableHttpProxyOptions
{
    /// <summary>Where the proxy's API listens: a URL, or <c>http+unix://%2Fpath%2Fof.sock</c>. A proxy that the hub starts needs an address of this machine and a port, or a socket.</summary>
    public string ApiUrl { get; set; } = "http://127.0.0.1:8001";

    /// <summary>What the proxy's API asks for. Unset: the environment variable <c>CONFIGPROXY_AUTH_TOKEN</c>; a proxy that the hub starts is given one that it makes up.</summary>
    public HubSecret? AuthToken { get; set; }

    /// <summary>The hub starts the proxy, watches it and stops it. Otherwise somebody else does, and the hub needs its <see cref="AuthToken"/>.</summary>
    public bool ShouldStart { get; set; } = true;

    /// <summary>The proxy's program, and the arguments that come before those of the hub: <c>["hub", "proxy"]</c>, <c>["configurable-http-proxy", "--no-x-forward"]</c>.</summary>
    public IList<string> Command { get; set; } = ["configurable-http-proxy"];

    /// <summary>Permissions that files of the proxy's do not get; 7 (octal 007) keeps them from everybody but its user and group.</summary>
    public int CommandUmask { get; set; } = 7;

    /// <summary>Requests to the proxy's API that may be under way at once.</summary>
    public int Concurrency { get; set; } = 10;

    /// <summary>Seconds between two looks whether the proxy is there and has its routes.</summary>
    public double CheckRunningInterval { get; set; } = 5;

    /// <summary>What a proxy that the hub starts logs: <c>debug</c>, <c>info</c>, <c>warn</c> or <c>error</c>.</summary>
    public string LogLevel { get; set; } = "info";

    /// <summary>File below the data folder that names the process of a proxy that the hub started.</summary>
    public string PidFile { get; set; } = "jupyterhub-proxy.pid";

    /// <summary>Further routes to keep in the proxy: from paths such as <c>/docs/</c> to URLs such as <c>http://127.0.0.1:9000</c>.</summary>
    public IDictionary<string, string> ExtraRoutes { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
