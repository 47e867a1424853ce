using JupyterHub.Proxy.Forwarding;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>Reads the targets that clients post.</summary>
internal static class RouteTargets
{
    private const int Longest = 2048;

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
