using JupyterHub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.Tests.Forwarding;

/// <summary>A host where a request that is broken off knows of it before whoever broke it off goes on, which elsewhere is a matter of luck.</summary>
internal sealed class EarlyWord(IHttpRequestLifetimeFeature lifetime, IHttpResetFeature? reset) : IHttpRequestLifetimeFeature, IHttpResetFeature
{
    public CancellationToken RequestAborted
    {
        get => lifetime.RequestAborted;
        set => lifetime.RequestAborted = value;
    }

    public static void Use(IApplicationBuilder app) => app.Use((context, next) =>
    {
        var reset = context.Features.Get<IHttpResetFeature>();
        var early = new EarlyWord(context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>(), reset);
        context.Features.Set<IHttpRequestLifetimeFeature>(early);
        if (reset is not null)
        {
            context.Features.Set<IHttpResetFeature>(early);
        }

        return next(context);
    });

    public void Abort() => UntilKnown(lifetime.Abort);

    public void Reset(int errorCode) => UntilKnown(() => reset!.Reset(errorCode));

    private void UntilKnown(Action end)
    {
        var aborted = lifetime.RequestAborted;
        end();
        Assert.True(aborted.WaitHandle.WaitOne(Eventually.Deadline));
    }
}
