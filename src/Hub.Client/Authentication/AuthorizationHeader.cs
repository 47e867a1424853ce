using Microsoft.AspNetCore.Http;

namespace JupyterHub.Client.Authentication;

/// <summary>Reads <c>Authorization: token …</c> or <c>bearer …</c>.</summary>
internal static class AuthorizationHeader
{
    private const int LongestToken = 1024;

    public static string? ReadToken(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header])
        {
            return null;
        }

        var parts = header.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts is [var scheme, var token]
            && (scheme.Equals("token", StringComparison.OrdinalIgnoreCase) || scheme.Equals("bearer", StringComparison.OrdinalIgnoreCase))
            && token.Length <= LongestToken
            && token.All(character => character is > ' ' and < '\x7f')
            ? token
            : null;
    }
}
