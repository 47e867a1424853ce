using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Configuration.Validation;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Proxying;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>What the settings of the proxy come to, checked and complete.</summary>
/// <param name="Endpoint">The proxy's API.</param>
/// <param name="PublicUrl">Where the proxy listens for browsers; null where only its operator knows.</param>
internal sealed record ChpSettings(ChpEndpoint Endpoint, Uri? PublicUrl)
{
    public required bool ShouldStart { get; init; }

    /// <summary>Program and first arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public required int CommandUmask { get; init; }

    public required int Concurrency { get; init; }

    public required TimeSpan CheckRunningInterval { get; init; }

    /// <summary>How long a proxy that the hub started may be silent before it is started again.</summary>
    public TimeSpan SilencePatience { get; init; } = TimeSpan.FromSeconds(30);

    public required string LogLevel { get; init; }

    /// <summary>Absolute path.</summary>
    public required string PidFile { get; init; }

    public string? SslKey { get; init; }

    public string? SslCert { get; init; }

    public IReadOnlyList<ProxyRoute> ExtraRoutes { get; init; } = [];

    /// <exception cref="HubStartupException">A setting cannot work; the message names it.</exception>
    public static ChpSettings Create(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<HubConfiguration>();
        return new ChpSettingsReader(
            services.GetRequiredService<ConfigurableHttpProxyOptions>(),
            configuration.Hub,
            services.GetRequiredService<HubDataFolder>(),
            new SettingChecks(configuration.Origins),
            Environment.GetEnvironmentVariable).Read(services.GetRequiredService<CookieSecret>);
    }
}
