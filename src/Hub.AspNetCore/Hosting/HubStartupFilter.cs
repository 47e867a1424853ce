using JupyterHub.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace JupyterHub.AspNetCore.Hosting;

/// <summary>
/// Puts the hub's own routing in front of the host's, since it must see the request target before anything decodes or rewrites it, and the
/// redirect of everything else behind it.
/// </summary>
internal sealed class HubStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<HubDispatcher>();
        next(app);
        app.UseMiddleware<HubRootRedirect>();
    };
}
