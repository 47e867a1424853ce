using System.Collections.Frozen;

namespace JupyterHub.Core.Announcements;

/// <summary>Names of the pages that can have an announcement of their own: the first part of their path below the hub's.</summary>
internal static class PageNames
{
    /// <summary>Stands for every page that has none of its own.</summary>
    public const string All = "all";

    public const string Error = "error";

    /// <summary>Signing out has a page of its own, <c>logout</c>, only where <c>AutoLogin</c> would sign in again at once.</summary>
    public static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        "login", "logout", "home", "spawn", "spawn-pending", "stop", "user", "token", "sharing", "accept-share", "authorize", "admin", Error);

    /// <summary>The name of the page at a path's pattern such as <c>spawn/{user}</c>; pages that are no page of their own count as errors.</summary>
    public static string Of(string pattern)
    {
        const string oauth = "api/oauth2/";
        var path = pattern.StartsWith(oauth, StringComparison.Ordinal) ? pattern[oauth.Length..] : pattern;
        var name = path.Split('/')[0];
        return Known.Contains(name) ? name : Error;
    }
}
