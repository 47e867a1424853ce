using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Pages.Spawn;

/// <summary>Choosing options of a server, and watching it start and stop.</summary>
internal static class SpawnPages
{
    public static void Map(HubRouteTable routes) => SpawnOptionsEndpoints.Map(routes);

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<SpawnForms>();
        services.AddSingleton<ServerSentences>();
    }
}
