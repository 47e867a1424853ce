using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>Reads the targets that clients post.</summary>
internal static class RouteTargets
{
    private const int Longest = 2048;

    /// <summary>True when the server is on the machine that the proxy runs on.</summary>
    public static bool IsOnThisMachine(RouteEntry route) => route.Target.IsOnThisMachine;

    /// <exception cref="ChpApiException">It is no target.</exception>
    public static UpstreamTarget Read(string text)
    {
        if (text.Length > Longest)
        {
            throw ChpApiException.BadRequest($"The 'target' may have {Longest} characters at most.");
        }

        return UpstreamTarget.TryParse(text, out var target, out var reason) ? target : throw ChpApiException.BadRequest(reason);
    }
}
