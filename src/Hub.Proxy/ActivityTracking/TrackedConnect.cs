using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.ActivityTracking;

/// <summary>A WebSocket over HTTP/2, with the stream's traffic marked on the route.</summary>
internal sealed class TrackedConnect(IHttpExtendedConnectFeature inner, RouteActivity activity) : IHttpExtendedConnectFeature
{
    public bool IsExtendedConnect => inner.IsExtendedConnect;

    public string? Protocol => inner.Protocol;

    public async ValueTask<Stream> AcceptAsync()
    {
        var stream = await inner.AcceptAsync();
        activity.Mark();
        return new ActivityStream(stream, activity);
    }
}
