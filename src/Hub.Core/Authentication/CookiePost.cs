namespace JupyterHub.Core.Authentication;

/// <summary>
/// A form on another site can post to the API with a browser's cookies, but not as JSON without asking first.
/// So a cookie counts on an API <c>POST</c> only with a JSON content type, or with none (contract 1.6).
/// </summary>
internal static class CookiePost
{
    public static bool CookieCounts(string method, string? contentType) =>
        method != "POST"
        || string.IsNullOrEmpty(contentType)
        || contentType.Split(';').Any(part => part.TrimStart().StartsWith("application/json", StringComparison.OrdinalIgnoreCase));
}
