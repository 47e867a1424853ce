using JupyterHub.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>The home page and what its forms do to named servers.</summary>
internal static class HomePages
{
    public static void Map(HubRouteTable routes)
    {
    }

    public static void AddServices(IServiceCollection services)
    {
    }
}
