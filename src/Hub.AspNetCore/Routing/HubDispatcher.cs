using JupyterHub.AspNetCore.Hosting;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Addressing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.AspNetCore.Routing;

/// <summary>
/// Reads the raw request target before anything else does and selects the hub's endpoint for it, or the proxy's. What is not the hub's
/// passes by untouched.
/// </summary>
internal sealed class HubDispatcher(RequestDelegate next, HubMapping mapping, HubAddresses addresses, HubEndpointSelector selector)
{
    private readonly BasePath basePath = new(addresses.BasePath);

    public Task InvokeAsync(HttpContext context)
    {
        if (mapping.IsMapped && context.GetEndpoint() is null)
        {
            Select(context);
        }

        return next(context);
    }

    private void Select(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (!RequestTarget.TryParse(raw, out var target, out var error))
        {
            // What cannot be read safely is refused where it could be meant for the hub, and is the host's affair elsewhere.
            if (basePath.MayLeadToHub(raw) || basePath.MayLeadToHub(context.Request.Path.Value))
            {
                selector.Refuse(context, raw, error);
            }

            return;
        }

        var area = target.Form == RequestTargetForm.Asterisk ? null : basePath.AreaOf(target);
        if (area is not null)
        {
            selector.Select(context, target, area);
        }
    }
}
