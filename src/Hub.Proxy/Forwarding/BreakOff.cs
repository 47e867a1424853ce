using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Notes whether the client was still there when its answer was broken off; a moment later that looks as if the client had left.</summary>
internal sealed class BreakOff : IHttpRequestLifetimeFeature, IHttpResetFeature
{
    private readonly IHttpRequestLifetimeFeature lifetime;
    private readonly IHttpResetFeature? reset;
    private bool? wasClientGone;

    private BreakOff(IHttpRequestLifetimeFeature lifetime, IHttpResetFeature? reset)
    {
        this.lifetime = lifetime;
        this.reset = reset;
    }

    /// <summary>True when the client left, and nobody here broke its answer off before.</summary>
    public bool IsClientGone => wasClientGone ?? lifetime.RequestAborted.IsCancellationRequested;

    public CancellationToken RequestAborted
    {
        get => lifetime.RequestAborted;
        set => lifetime.RequestAborted = value;
    }

    public static BreakOff? Of(HttpContext context) => context.Features.Get<IHttpRequestLifetimeFeature>() as BreakOff;

    public static void Install(HttpContext context)
    {
        var reset = context.Features.Get<IHttpResetFeature>();
        var noting = new BreakOff(context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>(), reset);
        context.Features.Set<IHttpRequestLifetimeFeature>(noting);
        if (reset is not null)
        {
            // Only HTTP/2 can end one request of a connection.
            context.Features.Set<IHttpResetFeature>(noting);
        }
    }

    /// <summary>The answer is about to be broken off. A host that is told in the middle of a write takes the client's connection down at once.</summary>
    public void Note() => wasClientGone ??= lifetime.RequestAborted.IsCancellationRequested;

    public void Abort()
    {
        Note();
        lifetime.Abort();
    }

    public void Reset(int errorCode)
    {
        Note();
        reset!.Reset(errorCode);
    }
}
