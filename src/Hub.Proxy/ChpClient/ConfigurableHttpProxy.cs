using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Proxying;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>A proxy that is another program with the API of configurable-http-proxy, started by the hub or by somebody else.</summary>
internal sealed class ConfigurableHttpProxy : IExternalProxy, IDisposable
{
    // The proxy's option to say nothing about clients: what it passes on then is the clients' own word.
    private const string NoForwardingHeaders = "--no-x-forward";

    // Somebody waits for the answer.
    private static readonly TimeSpan ChangePatience = TimeSpan.FromSeconds(20);

    private readonly ChpSettings settings;
    private readonly ILogger logger;
    private readonly ChpApiClient api;
    private readonly IChpWatch watch;
    private readonly RouteSentinel sentinel = new();
    private readonly bool hidesClients;
    private volatile ChpEndpoint endpoint;

    public ConfigurableHttpProxy(ChpSettings settings, HubAddresses addresses, HubDataFolder folder, JupyterHubOptions hub, TimeProvider time, ILogger<ConfigurableHttpProxy> logger)
    {
        this.settings = settings;
        this.logger = logger;
        endpoint = settings.Endpoint;
        api = new ChpApiClient(settings.Concurrency, time, logger);
        watch = settings.ShouldStart
            ? new ChpSupervision(new ChpLauncher(settings, addresses, folder, api, time, logger), new ChpPulse(settings, api, time, logger), settings, time, logger)
            : new ChpRouteWatch(token => HasRoutesAsync(addresses.BasePath, token), settings, time, logger);
        DescribesClients = settings.ShouldStart && !settings.Command.Contains(NoForwardingHeaders);
        hidesClients = !DescribesClients && hub.TrustedDownstreamIps.Count == 0;
    }

    public bool DescribesClients { get; }

    public Uri? PublicUrl => settings.PublicUrl;

    public IReadOnlyList<ProxyRoute> ExtraRoutes => settings.ExtraRoutes;

    /// <inheritdoc/>
    /// <exception cref="ProxyException">The proxy does not answer, or refuses.</exception>
    public Task AddRouteAsync(ProxyRoute route, CancellationToken cancellationToken) => api.AddAsync(endpoint, route, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ProxyException">The proxy does not answer, or refuses.</exception>
    public Task<bool> RemoveRouteAsync(string routespec, CancellationToken cancellationToken)
    {
        sentinel.Removed(routespec);
        return api.RemoveAsync(endpoint, routespec, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ProxyException">The proxy does not answer, refuses, or its answer is no listing.</exception>
    public async Task<IReadOnlyList<ProxyRoute>> GetRoutesAsync(CancellationToken cancellationToken)
    {
        var routes = await api.ListAsync(endpoint, cancellationToken);
        sentinel.Listed(routes);
        return routes;
    }

    public async Task StartAsync(Func<CancellationToken, Task> restore, CancellationToken cancellationToken)
    {
        if (hidesClients)
        {
            Log.UntrustedProxy(logger);
        }

        await watch.StartAsync(restore, cancellationToken);
        try
        {
            await GetRoutesAsync(cancellationToken);
        }
        catch (ProxyException problem)
        {
            throw new HubStartupException($"{problem.Message} See JupyterHub:Proxy:{nameof(ConfigurableHttpProxyOptions.ApiUrl)}.", problem);
        }
    }

    public Task StopAsync(bool cleanUp, CancellationToken cancellationToken) => watch.StopAsync(cleanUp, cancellationToken);

    public async Task ChangeAsync(string? apiUrl, string? authToken, CancellationToken cancellationToken)
    {
        if (settings.ShouldStart)
        {
            throw new ProxyChangeException("This hub starts its proxy itself (JupyterHub:Proxy:ShouldStart): it knows its api_url and auth_token.");
        }

        var changed = ReadEndpoint(apiUrl, ReadToken(authToken));
        try
        {
            await api.PingAsync(changed, ChangePatience, cancellationToken);
        }
        catch (ProxyException problem)
        {
            throw new ProxyChangeException($"Nothing was changed. {problem.Message}");
        }

        endpoint = changed;
        Log.Changed(logger, changed);
    }

    public void Dispose()
    {
        watch.Dispose();
        api.Dispose();
    }

    private Task<bool> HasRoutesAsync(string basePath, CancellationToken cancellationToken) => sentinel.IsThereAsync(
        basePath, routespec => api.HasAsync(endpoint, routespec, cancellationToken), () => GetRoutesAsync(cancellationToken));

    private ChpEndpoint ReadEndpoint(string? apiUrl, string token)
    {
        if (apiUrl is null)
        {
            return endpoint with { Token = token };
        }

        if (ChpEndpoint.ReadSocket(apiUrl, token) is { } socket)
        {
            return socket;
        }

        return Uri.TryCreate(apiUrl, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url.Host.Length > 0 && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
                ? new ChpEndpoint(url, token)
                : throw new ProxyChangeException(
                    "api_url must be an absolute URL such as http://127.0.0.1:8001, without user, query and fragment, or http+unix:// with the escaped path of a socket.");
    }

    private string ReadToken(string? authToken) => authToken is null ? endpoint.Token
        : ChpSettingsReader.IsToken(authToken) ? authToken
        : throw new ProxyChangeException("auth_token must be a word of printable ASCII.");
}
