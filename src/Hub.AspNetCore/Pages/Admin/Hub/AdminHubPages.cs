using JupyterHub.AspNetCore.Pages.Admin.Hub.Access;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Events;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Groups;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Roles;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Scopes;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Services;
using JupyterHub.AspNetCore.Pages.Admin.Hub.State;
using JupyterHub.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub;

/// <summary>Administration of groups, roles and services, and what the hub does at the moment.</summary>
internal static class AdminHubPages
{
    public static void Map(HubRouteTable routes)
    {
        GroupPages.Map(routes);
        RolePages.Map(routes);
        AccessPages.Map(routes);
        ServicePages.Map(routes);
        EventPages.Map(routes);
        StatePages.Map(routes);
        AnnouncementPages.Map(routes);
    }

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<ScopeWords>();
        services.AddSingleton<GrantWords>();
        services.AddSingleton<HealthChecks>();
        services.AddSingleton<EventWords>();
        services.AddSingleton<EventJson>();
    }
}
