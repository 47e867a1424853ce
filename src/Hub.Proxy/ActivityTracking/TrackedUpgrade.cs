using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.ActivityTracking;

/// <summary>
/// The server's upgrade to a WebSocket, with the stream's traffic marked on the route. Until then the request is
/// aborted when its client leaves; after that a client that leaves ends the stream, behind all that it had said before.
/// </summary>
internal sealed class TrackedUpgrade : IHttpUpgradeFeature, IDisposable
{
    private readonly IHttpUpgradeFeature inner;
    private readonly RouteActivity activity;
    private readonly CancellationTokenSource left = new();
    private readonly CancellationTokenRegistration leaving;

    private TrackedUpgrade(IHttpUpgradeFeature inner, RouteActivity activity, CancellationToken aborted)
    {
        this.inner = inner;
        this.activity = activity;
        leaving = aborted.Register(static source => ((CancellationTokenSource)source!).Cancel(), left);
    }

    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    public static void Install(HttpContext context, IHttpUpgradeFeature upgrade, RouteActivity activity)
    {
        var tracked = new TrackedUpgrade(upgrade, activity, context.RequestAborted);
        context.Response.RegisterForDispose(tracked);
        context.RequestAborted = tracked.left.Token;
        context.Features.Set<IHttpUpgradeFeature>(tracked);
    }

    public async Task<Stream> UpgradeAsync()
    {
        var stream = await inner.UpgradeAsync();
        await leaving.DisposeAsync();
        activity.Mark();
        return new ActivityStream(stream, activity, left.Cancel);
    }

    public void Dispose()
    {
        leaving.Dispose();
        left.Dispose();
    }
}
