using System.Reflection;
using JupyterHub.Core.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>
/// Refuses platforms whose server reads chunked bodies in a way that lets one request hide in another (CVE-2025-55315): of .NET 10
/// the previews and the first release candidate.
/// </summary>
internal static class PlatformCheck
{
    /// <exception cref="HubStartupException">The platform is one of them.</exception>
    public static void Require()
    {
        var version = typeof(KestrelServerOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        if (!IsMended(version))
        {
            throw new HubStartupException(
                $"This ASP.NET Core ({version.Split('+')[0]}) lets requests hide in the bodies of others (CVE-2025-55315): no proxy may run on it. Install the newest .NET 10.");
        }
    }

    /// <summary>True for a version of ASP.NET Core that has the remedy, as in <c>10.0.12</c> or <c>10.0.0-rc.2.25502.107+0123abc</c>.</summary>
    public static bool IsMended(string version)
    {
        var release = version.Split('+')[0].Split('-', 2);
        if (!Version.TryParse(release[0], out var number))
        {
            return false;
        }

        return number > new Version(10, 0, 0) || (number == new Version(10, 0, 0) && (release.Length == 1 || IsMendedCandidate(release[1])));
    }

    private static bool IsMendedCandidate(string label) =>
        label.Split('.') is ["rc", var candidate, ..] ? int.TryParse(candidate, out var count) && count >= 2 : label.StartsWith("rtm", StringComparison.Ordinal) || label.StartsWith("servicing", StringComparison.Ordinal);
}
