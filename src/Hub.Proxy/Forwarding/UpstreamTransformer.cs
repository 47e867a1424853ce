using System.Net;
using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.ActivityTracking;
using JupyterHub.Proxy.Routing;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>What changes between the client's request and the server's, and between the server's answer and the client's: as little as may be.</summary>
internal sealed class UpstreamTransformer(RequestTarget target, RouteEntry route, RequestHeaderPolicy policy, ForwardingOptions options) : HttpTransformer
{
    // The path has to arrive as it was sent: Uri would otherwise decode %7E and resolve what looks like dots.
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    // A short answer is marked when it is complete; looking at each of its bytes would be waste.
    private const long Short = 1024 * 1024;

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        if (proxyRequest.Content is null && !MayBeRepeated(proxyRequest.Method))
        {
            // A request that has no content is sent again when its connection ends without an answer; the server may have acted on it.
            proxyRequest.Content = new ByteArrayContent([]);
        }

        var headers = policy.For(httpContext, route);
        var outgoing = new MessageHeaders(proxyRequest);
        foreach (var (name, _) in httpContext.Request.Headers)
        {
            if (!headers.Passes(name))
            {
                outgoing.Remove(name);
            }
        }

        if (httpContext.Request.Headers.UpgradeInsecureRequests.ToString() is { Length: > 0 } secure)
        {
            // A wish of the browser's to the server, which YARP leaves out.
            outgoing.Set("Upgrade-Insecure-Requests", secure);
        }

        headers.AddTo(ref outgoing);
        proxyRequest.Headers.Host = headers.Host;
        proxyRequest.RequestUri = new Uri(destinationPrefix + TargetAddress.PathAndQuery(target, route, options), AsItIs);
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return false;
        }

        if ((int)proxyResponse.StatusCode < 200 && proxyResponse.StatusCode != HttpStatusCode.SwitchingProtocols)
        {
            // Not a status: a client would wait for the real one and take the body for it.
            throw new HttpRequestException($"The server answered with status {(int)proxyResponse.StatusCode}.");
        }

        var taken = NonAsciiHeaders.TakeFrom(proxyResponse);
        var copyBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (taken is not null)
        {
            NonAsciiHeaders.Write(taken, httpContext.Response.Headers);
        }

        var declared = new DeclaredHeaders(new([.. proxyResponse.Headers.Connection]));
        if (!declared.IsEmpty)
        {
            foreach (var name in httpContext.Response.Headers.Keys.Where(declared.Includes).ToArray())
            {
                httpContext.Response.Headers.Remove(name);
            }
        }

        Redirects.Rewrite(httpContext, route, options);
        if (proxyResponse.StatusCode == HttpStatusCode.ResetContent)
        {
            // It has no body (RFC 9110, 15.3.6), whatever the server says.
            httpContext.Response.ContentLength = null;
            return false;
        }

        if (proxyResponse.IsSuccessStatusCode && !(proxyResponse.Content.Headers.ContentLength < Short))
        {
            TrackedResponseBody.Install(httpContext, route.Activity, BreakOff.Of(httpContext) is { } breakOff ? breakOff.Note : null);
        }

        if (proxyResponse.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            // The head would wait for the first event, and the page for the head.
            await httpContext.Response.Body.FlushAsync(cancellationToken);
        }

        return copyBody;
    }

    private static bool MayBeRepeated(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Put || method == HttpMethod.Delete
        || method == HttpMethod.Options || method == HttpMethod.Trace || method == HttpMethod.Connect;
}
