using JupyterHub.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>Administration of users, their servers and everybody's tokens.</summary>
internal static class AdminUserPages
{
    public static void Map(HubRouteTable routes)
    {
    }

    public static void AddServices(IServiceCollection services)
    {
    }
}
