using JupyterHub.AspNetCore.Hosting;
using JupyterHub.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gives the hub its place in an application.</summary>
public static class JupyterHubEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Gives the hub the paths <c>hub/</c>, <c>user/</c> and <c>services/</c> below its base path. Everything else stays the application's.
    /// </summary>
    /// <exception cref="InvalidOperationException">The application's services lack <c>AddJupyterHub()</c>.</exception>
    public static IEndpointRouteBuilder MapJupyterHub(this IEndpointRouteBuilder endpoints)
    {
        var mapping = Mapping(endpoints);
        if (!mapping.IsMapped)
        {
            mapping.IsMapped = true;
            endpoints.DataSources.Add(endpoints.ServiceProvider.GetRequiredService<HubEndpointDataSource>());
        }

        return endpoints;
    }

    /// <summary>
    /// Sends whoever asks for what the application has no answer for to the hub, as a hub does that is alone in its application. Endpoints,
    /// files and fallbacks of the application go before it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The application's services lack <c>AddJupyterHub()</c>.</exception>
    public static IEndpointRouteBuilder MapJupyterHubRoot(this IEndpointRouteBuilder endpoints)
    {
        Mapping(endpoints).IsRootMapped = true;
        return endpoints;
    }

    private static HubMapping Mapping(IEndpointRouteBuilder endpoints) =>
        endpoints.ServiceProvider.GetService<HubMapping>()
        ?? throw new InvalidOperationException("The application maps a hub that its services lack: call AddJupyterHub() on them.");
}
