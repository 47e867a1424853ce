using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace JupyterHub.Client.Hosting;

/// <summary>Makes Kestrel listen where the hub expects the app.</summary>
internal sealed class ServiceUrlListener(HubEnvironment environment) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        var url = environment.Find(null, "JUPYTERHUB_SERVICE_URL")
            ?? throw new JupyterHubConfigurationException("JUPYTERHUB_SERVICE_URL is not set. A hub sets it for the services and servers that it starts.");
        var listen = ListenAddress.Parse(url);
        if (listen.Address is { } address)
        {
            options.Listen(address, listen.Port);
        }
        else
        {
            options.ListenAnyIP(listen.Port);
        }
    }
}
