using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.Standalone.Metrics;

/// <summary>What the stand-alone proxy counts. When nobody asks for it, counting costs a comparison.</summary>
internal sealed class ProxyMetrics(bool isEnabled)
{
    private long routesListed;
    private long routesAdded;
    private long routesDeleted;

    public Counter WebRequests { get; } = new();

    public Counter WebSocketRequests { get; } = new();

    public StatusCounter ProxyAnswers { get; } = new();

    public StatusCounter ApiAnswers { get; } = new();

    public DurationSummary Matching { get; } = new();

    public long RoutesListedCount => Interlocked.Read(ref routesListed);

    public long RoutesAddedCount => Interlocked.Read(ref routesAdded);

    public long RoutesDeletedCount => Interlocked.Read(ref routesDeleted);

    public void RoutesListed() => Interlocked.Increment(ref routesListed);

    public void RouteAdded() => Interlocked.Increment(ref routesAdded);

    public void RouteDeleted() => Interlocked.Increment(ref routesDeleted);

    public void ApiAnswered(int status) => ApiAnswers.Increment(status);

    public void Received(HttpContext context)
    {
        if (isEnabled)
        {
            (IsWebSocket(context) ? WebSocketRequests : WebRequests).Increment();
        }
    }

    public void Answered(int status)
    {
        if (isEnabled)
        {
            ProxyAnswers.Increment(status);
        }
    }

    /// <summary>To be handed to <see cref="Matched"/>.</summary>
    public long StartMatching() => isEnabled ? Stopwatch.GetTimestamp() : 0;

    public void Matched(long started)
    {
        if (isEnabled)
        {
            Matching.Observe(Stopwatch.GetElapsedTime(started));
        }
    }

    private static bool IsWebSocket(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
}
