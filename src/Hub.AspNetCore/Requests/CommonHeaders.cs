using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Configuration;
using Microsoft.Extensions.Primitives;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>Headers of every answer (contract 1.1); one that the operator set replaces the hub's own of that name.</summary>
internal static class CommonHeaders
{
    private static readonly StringValues Version = HubVersion.Contract;
    private static readonly StringValues AllowedHeaders = "accept, content-type, authorization";
    private static readonly StringValues NoSniffing = "nosniff";
    private static readonly StringValues Private = "private, no-cache";

    // The policies name the hub's path, which is one per process but for tests: kept until another is asked for.
    private static volatile Policies? policies;

    public static void Apply(HubRequest request, JupyterHubOptions options)
    {
        var headers = request.Http.Response.Headers;
        var isApi = request.Route.Kind == HubRouteKind.Api;
        var current = PoliciesOf(request.Addresses.HubPath);
        headers["X-JupyterHub-Version"] = Version;
        headers.AccessControlAllowHeaders = AllowedHeaders;
        headers.XContentTypeOptions = NoSniffing;
        headers.ContentSecurityPolicy = isApi ? current.Api : current.Page;
        if (!isApi)
        {
            // Pages are somebody's own and carry that session's token.
            headers.CacheControl = Private;
        }

        foreach (var (name, value) in options.Headers)
        {
            headers[name] = value;
        }
    }

    private static Policies PoliciesOf(string hubPath)
    {
        var known = policies;
        if (known?.HubPath == hubPath)
        {
            return known;
        }

        var common = $"frame-ancestors 'none'; report-uri {hubPath}security/csp-report; default-src 'none'";
        return policies = new Policies(
            hubPath, common, $"{common}; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'");
    }

    private sealed record Policies(string HubPath, StringValues Api, StringValues Page);
}
