using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.ActivityTracking;

/// <summary>The server's upgrade to a WebSocket, with the stream's traffic marked on the route.</summary>
internal sealed class TrackedUpgrade(IHttpUpgradeFeature inner, RouteActivity activity) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    public async Task<Stream> UpgradeAsync()
    {
        var stream = await inner.UpgradeAsync();
        activity.Mark();
        return new ActivityStream(stream, activity);
    }
}
