using JupyterHub.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>A person's tokens and the applications that they let in.</summary>
internal static class TokenPages
{
    public static void Map(HubRouteTable routes)
    {
    }

    public static void AddServices(IServiceCollection services)
    {
    }
}
