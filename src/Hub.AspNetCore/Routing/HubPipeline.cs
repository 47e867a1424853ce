using System.Diagnostics;
using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Authorization;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Xsrf;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Routing;

/// <summary>What happens around every endpoint of the hub: headers, who asks, the cross-site check, the scope check, errors.</summary>
internal sealed class HubPipeline(RequesterReader requesters, XsrfGate xsrf, ErrorWriter errors, HubMetrics metrics, JupyterHubOptions options)
{
    /// <summary>What metrics say of a request whose sender did not wait for the answer.</summary>
    private const int GoneStatus = 499;

    public async Task RunAsync(HttpContext context)
    {
        var request = context.Features.Get<HubRequest>() ?? throw new InvalidOperationException("Only the hub's own routing selects its endpoints.");
        var began = metrics.Now;
        using var span = HubTrace.IsWanted ? HubTrace.Request(RequestLabels.Method(context.Request.Method), request.Route.Label) : null;
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
        finally
        {
            Measure(request, began, span);
        }
    }

    private void Measure(HubRequest request, long began, Activity? span)
    {
        var context = request.Http;
        var status = context.RequestAborted.IsCancellationRequested ? GoneStatus : context.Response.StatusCode;
        metrics.Requested(context.Request.Method, request.Route.Label, status, began);
        span?.SetTag("http.response.status_code", status).SetStatus(status >= 500 ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
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

        ScopeGate.Check(request);
        return true;
    }
}
