using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Client.Authentication;

/// <summary>The page to return to after signing in: always one of this app.</summary>
internal static class LocalTarget
{
    private const int Longest = 1000;

    /// <summary>The request's own raw target when it is a plain path below the prefix, else the prefix.</summary>
    public static string Of(HttpContext context, string prefix) =>
        context.Features.Get<IHttpRequestFeature>()?.RawTarget is { } target && IsLocal(target, prefix) ? target : prefix;

    /// <summary>True for a path below the prefix that no browser can take for another host's.</summary>
    public static bool IsLocal(string? target, string prefix) =>
        target is { Length: > 0 and <= Longest }
        && target.StartsWith(prefix, StringComparison.Ordinal)
        && !target.StartsWith("//", StringComparison.Ordinal)
        && target.All(character => character is > ' ' and < '\x7f' and not '\\');
}
