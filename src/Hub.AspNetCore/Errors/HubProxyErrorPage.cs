using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Proxy.Forwarding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.AspNetCore.Errors;

/// <summary>Shows the hub's error page for a server that did not answer.</summary>
internal sealed class HubProxyErrorPage(ErrorWriter errors, JupyterHubOptions options) : IProxyErrorPage
{
    public Task WriteAsync(HttpContext context, ProxyFailure failure)
    {
        if (!RequestTarget.TryParse(context.Features.Get<IHttpRequestFeature>()?.RawTarget, out var target, out _))
        {
            return Task.CompletedTask;
        }

        var route = new HubRoute(HubRouteKind.Page, context.Request.Method, "", _ => Task.CompletedTask).AllowAnonymous();
        var request = new HubRequest(context, target, route, new RouteValues());
        context.Features.Set(request);
        CommonHeaders.Apply(request, options);
        return errors.ShowAsync(request, new ShownError(failure.StatusCode) { IsOfServer = true });
    }
}
