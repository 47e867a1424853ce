using JupyterHub.Proxy.Forwarding;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Standalone.ErrorPages;

/// <summary>Answers a request that no server answered: with the operator's page when there is one, else with our own.</summary>
internal sealed class ErrorPage(IErrorPageSource? source) : IProxyErrorPage
{
    public Task WriteAsync(HttpContext context, ProxyFailure failure) => WriteAsync(context, failure.StatusCode);

    /// <summary>Writes headers and body; the status is set already.</summary>
    public async Task WriteAsync(HttpContext context, int status)
    {
        var content = (source is null ? null : await source.FindAsync(context, status)) ?? BuiltInPages.For(status);
        var response = context.Response;
        if (response.HasStarted)
        {
            return;
        }

        response.ContentType = content.ContentType;
        response.ContentLength = content.Body.Length;
        if (content.ContentEncoding is { } encoding)
        {
            response.Headers.ContentEncoding = encoding;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(content.Body, context.RequestAborted);
        }
    }
}
