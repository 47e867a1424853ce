using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.Standalone.Listening;

/// <summary>
/// Hands each request straight from Kestrel to a handler: no middleware, no scope of services, no activity. The context
/// is used again for the next request of the same connection.
/// </summary>
internal sealed class DirectApplication(RequestDelegate handler, IServiceProvider services) : IHttpApplication<DefaultHttpContext>
{
    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        if (contextFeatures is not IHostContextContainer<DefaultHttpContext> container)
        {
            return Create(contextFeatures);
        }

        if (container.HostContext is { } context)
        {
            context.Initialize(contextFeatures);
            context.RequestServices = services;
            return context;
        }

        return container.HostContext = Create(contextFeatures);
    }

    public Task ProcessRequestAsync(DefaultHttpContext context) => handler(context);

    public void DisposeContext(DefaultHttpContext context, Exception? exception)
    {
        context.Uninitialize();
    }

    private DefaultHttpContext Create(IFeatureCollection features) => new(features) { RequestServices = services };
}
