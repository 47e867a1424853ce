using JupyterHub.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>Sharing one's servers with others.</summary>
internal static class SharingPages
{
    public static void Map(HubRouteTable routes)
    {
    }

    public static void AddServices(IServiceCollection services)
    {
    }
}
