using System.Text;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Diagnostics.Exposition;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Metrics for Prometheus, and where browsers report violated policies to (contract 13, 1.1).</summary>
internal static class MetricsEndpoints
{
    private const string Scope = "read:metrics";
    private const int LongestReport = 64 * 1024;

    public static void Map(HubRouteTable routes)
    {
        // Whether the scope is asked for at all is a setting, so the handler checks it.
        routes.Api("GET", "api/metrics", GetMetrics).AllowAnonymous().RequireAnyHolding(Scope)
            .Describe("Gives the hub's metrics in the text form of Prometheus; the scope is asked for unless the hub is set up without.").Returns(200, "MetricsText");
        routes.Page("GET", "metrics", GetMetrics).AllowAnonymous().AcceptTokens().RequireAnyHolding(Scope);

        // Browsers send reports by themselves, from the sign-in page too, and without any token of a form.
        routes.Page("POST", "security/csp-report", Report).IgnoreCredentials().ExemptFromXsrf();
    }

    private static async Task GetMetrics(HubRequest request)
    {
        if (request.Get<JupyterHubOptions>().AuthenticatePrometheus && request.Requester?.Authority.Permissions.Holds(Scope) != true)
        {
            throw new HubHttpException(403, $"Access to metrics requires scope '{Scope}'") { RequiredScopes = [Scope] };
        }

        await request.Get<HubGauges>().CountUsersAsync(request.Aborted);
        var text = Encoding.UTF8.GetBytes(request.Get<MetricCollector>().Write());
        var response = request.Http.Response;
        response.ContentType = PrometheusText.ContentType;
        response.ContentLength = text.Length;
        await response.Body.WriteAsync(text, request.Aborted);
    }

    /// <summary>Counted, not kept: whoever likes may send these.</summary>
    private static async Task Report(HubRequest request)
    {
        var chunk = new byte[4096];
        var length = 0;
        int read;
        while ((read = await request.Http.Request.Body.ReadAsync(chunk, request.Aborted)) > 0)
        {
            if ((length += read) > LongestReport)
            {
                throw new HubHttpException(413, $"A report may have {LongestReport} bytes at most");
            }
        }

        request.Get<HubMetrics>().CspReported();
        await request.EmptyAsync(200);
    }
}
