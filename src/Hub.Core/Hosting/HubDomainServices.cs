using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Announcements;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Core.Roles.Questions;
using JupyterHub.Core.Roles.Reading;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Tokens.Listing;
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
        services.TryAddSingleton(provider => CookieSecret.Load(
            provider.GetRequiredService<JupyterHubOptions>(), provider.GetRequiredService<HubDataFolder>().Path, Environment.GetEnvironmentVariable));
        services.TryAddSingleton<TokenFinder>();
        services.TryAddSingleton<IAuthorities, Authorities>();
        services.TryAddSingleton<PendingActivity>();
        services.TryAddSingleton<ActivityFlush>();
        services.TryAddSingleton<ActivityRecorder>();
        services.TryAddSingleton<ActivityReports>();
        services.TryAddSingleton<UserCreation>();
        services.TryAddSingleton<GroupListing>();
        services.TryAddSingleton<GroupSearch>();
        services.TryAddSingleton<GroupChanges>();
        services.TryAddSingleton<UserTotals>();
        services.TryAddSingleton<UserReader>();
        services.TryAddSingleton<UserServerListing>();
        services.TryAddSingleton<UserServers>();
        services.TryAddSingleton<UserChange>();
        services.TryAddSingleton<UserDeletion>();
        services.TryAddSingleton<TokenReader>();
        services.TryAddSingleton<TokenOwners>();
        services.TryAddSingleton<TokenCreation>();
        services.TryAddSingleton<TokenDeletion>();
        services.TryAddSingleton<TokenListing>();
        services.TryAddSingleton<HeldRoleReader>();
        services.TryAddSingleton<ShareListing>();
        services.TryAddSingleton<ShareGrants>();
        services.TryAddSingleton<ShareCodes>();
        services.TryAddSingleton<ShareExchange>();
        services.TryAddSingleton<ShareCodeUses>();
        services.TryAddSingleton<ShareOverview>();
        services.TryAddSingleton<RecipientNames>();
        services.TryAddSingleton<RoleChanges>();
        services.TryAddSingleton<RoleReader>();
        services.TryAddSingleton<RoleSearch>();
        services.TryAddSingleton<AccessQuestions>();
        services.TryAddSingleton<AccessSearch>();
        services.TryAddSingleton<RolePreviews>();
        services.TryAddSingleton<PageAnnouncements>();
        services.TryAddSingleton<ServiceListing>();
        services.TryAddSingleton<ServiceCreation>();
        services.TryAddSingleton<ServiceRemoval>();
        services.TryAddSingleton<ServiceRoutes>();
        services.TryAddSingleton<ServiceEnvironment>();
        services.TryAddSingleton<ServiceTools>();
        services.TryAddSingleton<ManagedServices>();
        services.TryAddSingleton<ServiceHealth>();
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
