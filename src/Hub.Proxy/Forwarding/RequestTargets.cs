using System.Diagnostics.CodeAnalysis;
using JupyterHub.Core.Addressing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Reads the target of a request, once per request.</summary>
internal static class RequestTargets
{
    /// <summary>The parsed target, kept with the request; false with the reason when it has to be answered with 400.</summary>
    public static bool TryGetTarget(this HttpContext context, [NotNullWhen(true)] out RequestTarget? target, out RequestTargetError error)
    {
        error = RequestTargetError.None;
        target = context.Features.Get<RequestTarget>();
        if (target is not null)
        {
            return true;
        }

        if (!RequestTarget.TryParse(context.Features.Get<IHttpRequestFeature>()?.RawTarget, out target, out error))
        {
            return false;
        }

        context.Features.Set(target);
        return true;
    }
}
