using Microsoft.AspNetCore.Http.Features;

namespace Workspace.SignIn;

/// <summary>The page to return to after signing in: always one of this server.</summary>
internal static class LocalTarget
{
    private const int Longest = 1500;

    /// <summary>The request's own raw target when it is a plain path below the prefix, else the prefix.</summary>
    public static string Of(HttpContext context, string prefix)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var plain = target.Length <= Longest
            && target.StartsWith(prefix, StringComparison.Ordinal)
            && !target.StartsWith("//", StringComparison.Ordinal)
            && target.All(character => character is > ' ' and < '\x7f' and not '\\');
        return plain ? target : prefix;
    }
}
