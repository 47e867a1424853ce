using JupyterHub.Core.Configuration.Validation;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>Reads the routes that the operator keeps in the proxy besides the hub's.</summary>
internal static class ExtraRoutesReader
{
    /// <exception cref="Core.Hosting.HubStartupException">One of them cannot be a route; the message names it.</exception>
    public static IReadOnlyList<ProxyRoute> Read(IEnumerable<KeyValuePair<string, string>> routes, string basePath, string path, SettingChecks checks)
    {
        var read = new Dictionary<string, ProxyRoute>(StringComparer.Ordinal);
        foreach (var (key, target) in routes)
        {
            var setting = $"{path}:{LogText.Bound(key)}";
            var routespec = ReadRoutespec(key, setting, checks);
            checks.Require(
                routespec != basePath && !routespec.StartsWith($"{basePath}hub/", StringComparison.Ordinal) && !routespec.StartsWith($"{basePath}user/", StringComparison.Ordinal),
                setting, "is a place of the hub's own");
            checks.Require(
                read.TryAdd(routespec, new ProxyRoute(routespec, HubUrls.Read(setting, target, checks), new() { ["extra"] = true })), setting, "is there twice");
        }

        return [.. read.Values];
    }

    private static string ReadRoutespec(string key, string setting, SettingChecks checks)
    {
        // With a host in front it would be one of host routing, which needs SubdomainHost.
        checks.Require(key.StartsWith('/'), setting, "must begin with / (a host in front needs JupyterHub:SubdomainHost)");
        try
        {
            return Routespec.Parse(key).Text;
        }
        catch (ArgumentException problem)
        {
            throw checks.Error(setting, $"is no path of a route: {problem.Message.Split('\n')[0]}");
        }
    }
}
