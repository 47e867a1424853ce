using System.Buffers;
using JupyterHub.Proxy.ChpApi;

namespace JupyterHub.Proxy.Standalone;

/// <summary>The route <c>/</c> that the command line gives.</summary>
internal static class DefaultRoute
{
    /// <summary>Adds it unless a client put one there before the last restart.</summary>
    /// <exception cref="ChpApiException">The target is invalid.</exception>
    public static async Task SetUnlessTakenAsync(ChpRoutes routes, string? target)
    {
        if (target is null)
        {
            return;
        }

        RouteTargets.Read(target);
        ChpPath.TryCreate("/", hostRouting: false, out var path, out _);
        if (routes.Find(path!) is not null)
        {
            return;
        }

        var body = new ArrayBufferWriter<byte>();
        body.Write("{\"target\":"u8);
        JsonText.WriteString(body, target);
        body.Write("}"u8);
        await routes.SetAsync(path!, ChpRouteData.Read(body.WrittenMemory, host: null), isDefault: true);
    }
}
