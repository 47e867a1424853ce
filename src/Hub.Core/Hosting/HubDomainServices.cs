using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JupyterHub.Core.Hosting;

/// <summary>Registers the hub's operations; database, spawner, authenticator and proxy come from the builder.</summary>
internal static class HubDomainServices
{
    public static IServiceCollection AddHubDomain(this IServiceCollection services)
    {
        HubDatabaseProvider.AddSelection(services);
        services.AddHubAuthentication();
        services.AddServerSupervision();
        services.TryAddSingleton(provider =>
            CookieSecret.Load(provider.GetRequiredService<JupyterHubOptions>(), provider.GetRequiredService<HubDataFolder>().Path));
        services.TryAddSingleton<TokenFinder>();
        services.TryAddSingleton<IAuthorities, Authorities>();
        services.TryAddSingleton<PendingActivity>();
        services.TryAddSingleton<ActivityRecorder>();
        services.TryAddSingleton<ActivityReports>();
        services.TryAddSingleton<UserCreation>();
        services.TryAddSingleton<HubInstanceRegistry>();
        services.TryAddSingleton<ServerLeases>();
        services.TryAddSingleton<IServerLeases, SupervisorLeases>();
        services.TryAddSingleton<LeaseWatch>();
        services.TryAddSingleton<ExpiryPurge>();
        services.TryAddSingleton<HubGauges>();
        services.TryAddSingleton<HubPulse>();
        services.TryAddSingleton<HubMaintenance>();
        services.TryAddSingleton<HubInitializer>();
        services.TryAddSingleton<HubDomain>();
        return services;
    }
}
