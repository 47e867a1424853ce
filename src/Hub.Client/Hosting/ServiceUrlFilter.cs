using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace JupyterHub.Client.Hosting;

/// <summary>Makes the server listen where the hub expects the app, and only there.</summary>
internal sealed class ServiceUrlFilter(ListenAddress listen) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (app.ServerFeatures.Get<IServerAddressesFeature>() is { } server)
        {
            server.PreferHostingUrls = true;
            server.Addresses.Clear();
            server.Addresses.Add(listen.Url);
        }

        next(app);
    };
}
