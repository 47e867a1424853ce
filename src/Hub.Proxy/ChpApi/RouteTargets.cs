using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>Reads the targets that clients post.</summary>
internal static class RouteTargets
{
    private const int Longest = 2048;

    /// <summary>True when the server is on the machine that the proxy runs on.</summary>
    public static bool IsOnThisMachine(RouteEntry route) => route.Target.IsLoopback;

    /// <exception cref="ChpApiException">It is no target.</exception>
    public static Uri Read(string text)
    {
        if (text.Length <= Longest
            && Uri.TryCreate(text, UriKind.Absolute, out var target)
            && (target.Scheme == Uri.UriSchemeHttp || target.Scheme == Uri.UriSchemeHttps)
            && target.Host.Length > 0 && target.UserInfo.Length == 0 && target.Query.Length == 0 && target.Fragment.Length == 0)
        {
            return target;
        }

        throw ChpApiException.BadRequest("The 'target' has to be an http or https URL without user name, query and fragment.");
    }
}
