using JupyterHub.AspNetCore.Hosting;
using JupyterHub.Core.Addressing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.AspNetCore.Routing;

/// <summary>
/// Stands at the end of the application: what neither the hub nor the application has an answer for leads to the hub, where the host wants that.
/// </summary>
internal sealed class HubRootRedirect(RequestDelegate next, HubMapping mapping, HubEndpointSelector selector)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!mapping.IsRootMapped || context.GetEndpoint() is not null)
        {
            return next(context);
        }

        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (RequestTarget.TryParse(raw, out var target, out var error))
        {
            selector.SelectRoot(context, target);
        }
        else
        {
            selector.Refuse(context, raw, error);
        }

        return context.GetEndpoint()!.RequestDelegate!(context);
    }
}
