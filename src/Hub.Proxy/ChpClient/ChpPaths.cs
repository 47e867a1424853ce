using JupyterHub.Core.Addressing;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>
/// Where routes are in the proxy's API: escaped and without a final slash when the hub writes them, decoded when the proxy lists them.
/// </summary>
internal static class ChpPaths
{
    /// <summary>The path of a route in the API; the root is <c>/</c>.</summary>
    public static string Of(string routespec) => "/" + routespec.Trim('/');

    /// <summary>The routespec of a key that the proxy lists, escaped as the hub escapes names.</summary>
    public static string RoutespecOf(string key)
    {
        var path = key.Trim('/');
        return path.Length == 0 ? "/" : $"/{string.Join('/', path.Split('/').Select(PathNames.Escape))}/";
    }
}
