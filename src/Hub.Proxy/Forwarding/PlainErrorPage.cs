using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>The status in words, for a hub without pages.</summary>
internal sealed class PlainErrorPage : IProxyErrorPage
{
    public Task WriteAsync(HttpContext context, ProxyFailure failure)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(ReasonPhrases.GetReasonPhrase(failure.StatusCode), context.RequestAborted);
    }
}
