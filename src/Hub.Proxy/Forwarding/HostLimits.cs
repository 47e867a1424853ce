using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>What a host sets for its own pages. A server behind the proxy has its own limits; the host's would cut off uploads and computations.</summary>
internal static class HostLimits
{
    /// <summary>Lifts them for a request before anything of its body is read.</summary>
    public static void Lift(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        // Somebody may pause a download, or shut a laptop, for longer than a host's own pages need.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } answerRate)
        {
            answerRate.MinDataRate = null;
        }

        if (context.Features.Get<IStatusCodePagesFeature>() is { } statusPages)
        {
            statusPages.Enabled = false;
        }

        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
    }
}
