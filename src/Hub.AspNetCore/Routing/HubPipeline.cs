using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Authorization;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Xsrf;
using JupyterHub.Core.Configuration;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Routing;

/// <summary>What happens around every endpoint of the hub: headers, who asks, the cross-site check, the scope check, errors.</summary>
internal sealed class HubPipeline(RequesterReader requesters, XsrfGate xsrf, ErrorWriter errors, JupyterHubOptions options)
{
    public async Task RunAsync(HttpContext context)
    {
        var request = context.Features.Get<HubRequest>() ?? throw new InvalidOperationException("Only the hub's own routing selects its endpoints.");
        CommonHeaders.Apply(request, options);
        try
        {
            QueryText.Check(request.Target);
            if (!request.Route.IgnoresCredentials)
            {
                await requesters.IdentifyAsync(request);
                await xsrf.CheckAsync(request);
            }

            if (await AdmitAsync(request))
            {
                await request.Route.Handler(request);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception problem)
        {
            await errors.WriteAsync(request, problem);
        }
    }

    private static async Task<bool> AdmitAsync(HubRequest request)
    {
        var route = request.Route;
        if (route.IsAnonymous)
        {
            return true;
        }

        if (request.Requester is null && route.Kind == HubRouteKind.Page)
        {
            if (!HttpMethods.IsGet(request.Http.Request.Method))
            {
                throw HubHttpException.Forbidden("Sign in first.");
            }

            await request.RedirectAsync(LoginAddress.For(request));
            return false;
        }

        if (request.Requester is null && route.Scopes is null)
        {
            // Clients ask who they are; the original has no words for nobody.
            throw HubHttpException.Forbidden("");
        }

        ScopeGate.Check(request, request.Known);
        return true;
    }
}
