using System.Text.Json;
using JupyterHub.Proxy.ChpApi;

namespace JupyterHub.Proxy.Standalone;

/// <summary>The route <c>/</c> that the command line gives.</summary>
internal static class DefaultRoute
{
    /// <exception cref="ChpApiException">The target is invalid.</exception>
    public static async Task SetAsync(ChpRoutes routes, string target)
    {
        ChpPath.TryCreate("/", hostRouting: false, out var path, out _);
        var data = ChpRouteData.Read(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["target"] = target }), host: null);
        await routes.SetAsync(path!, data, isDefault: true);
    }
}
