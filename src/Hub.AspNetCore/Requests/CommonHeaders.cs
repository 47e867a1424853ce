using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Configuration;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>Headers of every answer (contract 1.1); one that the operator set replaces the hub's own of that name.</summary>
internal static class CommonHeaders
{
    public static void Apply(HubRequest request, JupyterHubOptions options)
    {
        var headers = request.Http.Response.Headers;
        var report = $"report-uri {request.Addresses.HubPath}security/csp-report";
        headers["X-JupyterHub-Version"] = HubVersion.Contract;
        headers["Access-Control-Allow-Headers"] = "accept, content-type, authorization";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = request.Route.Kind == HubRouteKind.Api
            ? $"frame-ancestors 'none'; {report}; default-src 'none'"
            : $"frame-ancestors 'none'; {report}; default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'";
        if (request.Route.Kind == HubRouteKind.Page)
        {
            // Pages are somebody's own and carry that session's token.
            headers.CacheControl = "private, no-cache";
        }

        foreach (var (name, value) in options.Headers)
        {
            headers[name] = value;
        }
    }
}
