using JupyterHub.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Pages.Spawn;

/// <summary>Choosing options of a server, and watching it start and stop.</summary>
internal static class SpawnPages
{
    public static void Map(HubRouteTable routes)
    {
    }

    public static void AddServices(IServiceCollection services)
    {
    }
}
