using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.ChpApi;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;
using JupyterHub.Proxy.Standalone.ErrorPages;
using JupyterHub.Proxy.Standalone.Journal;
using JupyterHub.Proxy.Standalone.Listening;
using JupyterHub.Proxy.Standalone.Metrics;
using JupyterHub.Proxy.Standalone.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone;

/// <summary>The parts of the stand-alone proxy.</summary>
internal static class StandaloneServices
{
    public static ServiceProvider Create(ProxySettings settings, FileStream? journalLock, ILoggerProvider log, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        services.AddSingleton(time);
        services.AddSingleton(_ => new IdleMemory(time));
        services.AddSingleton<IHostApplicationLifetime, ApplicationLifetime>();
        services.AddSingleton(TrustedPeers.Parse(settings.TrustedDownstreamIps, "--trusted-downstream-ips"));
        services.AddSingleton<ClientAddresses>();
        services.AddSingleton(new ProxyMetrics(settings.Metrics is not null));
        services.AddSingleton(new ApiToken(settings.AuthToken));
        AddJournal(services, settings, journalLock);
        services.AddSingleton<RouteTable>();
        services.AddSingleton(provider => new ChpRoutes(
            provider.GetRequiredService<RouteTable>(), time, settings.MostRoutes, provider.GetRequiredService<IRouteJournal>()));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RoutesApi>(provider, settings.HostRouting));
        services.AddSingleton<PublicHandler>();
        services.AddSingleton(provider => new MetricsText(provider.GetRequiredService<ProxyMetrics>(), provider.GetRequiredService<ChpRoutes>(), provider.GetService<RouteJournal>()));
        services.AddSingleton<MetricsHandler>();
        var credentials = ClientTls.Read(settings.ClientTls);
        AddErrorPages(services, settings);
        services.AddSingleton(_ => OpenFiles.ReadBudget());
        services.AddSingleton<Doorkeeper>();
        services.AddForwarding(provider => settings.Forwarding with { Tls = new UpstreamTls(credentials), Sockets = provider.GetRequiredService<SocketBudget>() });
        return services.BuildServiceProvider();
    }

    private static void AddJournal(IServiceCollection services, ProxySettings settings, FileStream? journalLock)
    {
        if (journalLock is null)
        {
            services.AddSingleton<IRouteJournal, NoJournal>();
            return;
        }

        services.AddSingleton(JournalCircumstances.Now(settings.DefaultTarget));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RouteJournal>(provider, settings.JournalFile!, journalLock));
        services.AddSingleton<IRouteJournal>(provider => provider.GetRequiredService<RouteJournal>());
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<JournalReplay>(provider, settings.HostRouting));
    }

    private static void AddErrorPages(IServiceCollection services, ProxySettings settings)
    {
        if (settings.ErrorTarget is { } target)
        {
            services.AddSingleton(provider => ErrorServerClient.Create(target, provider.GetRequiredService<UpstreamConnector>()));
            services.AddSingleton<IErrorPageSource>(provider => ActivatorUtilities.CreateInstance<ErrorServer>(provider, target));
        }
        else if (settings.ErrorPath is { } folder)
        {
            services.AddSingleton<IErrorPageSource>(provider => ActivatorUtilities.CreateInstance<ErrorFolder>(provider, folder));
        }

        services.AddSingleton(provider => new ErrorPage(provider.GetService<IErrorPageSource>()));
        services.AddSingleton<IProxyErrorPage>(provider => provider.GetRequiredService<ErrorPage>());
    }
}
