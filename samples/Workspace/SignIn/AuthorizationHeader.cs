namespace Workspace.SignIn;

/// <summary>Reads <c>Authorization: token …</c> or <c>bearer …</c>.</summary>
internal static class AuthorizationHeader
{
    public static string? ReadToken(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header])
        {
            return null;
        }

        var parts = header.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts is [var scheme, var token]
            && (scheme.Equals("token", StringComparison.OrdinalIgnoreCase) || scheme.Equals("bearer", StringComparison.OrdinalIgnoreCase))
            && token.Length <= 256
            && token.All(char.IsAscii)
            ? token
            : null;
    }
}
