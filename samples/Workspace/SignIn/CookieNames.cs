using System.Text;

namespace Workspace.SignIn;

/// <summary>Names and attributes of this server's cookies.</summary>
internal static class CookieNames
{
    /// <summary>The OAuth client's id; what a cookie's name must not hold, such as a slash, is percent-encoded.</summary>
    public static string From(string clientId)
    {
        var name = new StringBuilder(clientId.Length);
        foreach (var character in clientId)
        {
            if (char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal))
            {
                name.Append(character);
            }
            else
            {
                name.Append(Uri.HexEscape(character < 128 ? character : '?'));
            }
        }

        return name.ToString();
    }

    public static CookieOptions Options(HttpContext context, WorkspaceSettings settings) => new()
    {
        Path = settings.Prefix,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps
            || settings.PublicHost.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
            || FirstForwarded(context.Request).Equals("https", StringComparison.OrdinalIgnoreCase),
        IsEssential = true,
    };

    /// <summary>The scheme that the browser used: each proxy on the way appends its own.</summary>
    private static string FirstForwarded(HttpRequest request) =>
        request.Headers["X-Forwarded-Proto"].ToString().Split(',', 2)[0].Trim();
}
