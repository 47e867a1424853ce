namespace JupyterHub.AspNetCore.Tests.Xsrf;

/// <summary>One request of the matrix.</summary>
/// <param name="IsApi">An API route, otherwise a page.</param>
/// <param name="Method">The method.</param>
/// <param name="Who">cookie, token or nobody.</param>
/// <param name="Site"><c>Sec-Fetch-Site</c>, null for none.</param>
/// <param name="Mode"><c>Sec-Fetch-Mode</c>, null for none.</param>
/// <param name="Origin"><c>Origin</c>, null for none.</param>
/// <param name="Submitted">The token that is sent along: none, wrong, or right.</param>
internal sealed record XsrfCase(bool IsApi, string Method, string Who, string? Site, string? Mode, string? Origin, string Submitted)
{
    public static IEnumerable<XsrfCase> All() =>
        from isApi in new[] { false, true }
        from method in new[] { "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE" }
        from who in new[] { "cookie", "token", "nobody" }
        from site in new[] { null, "same-origin", "same-site", "cross-site", "none" }
        from mode in new[] { null, "navigate", "no-cors", "cors", "same-origin", "websocket" }
        from origin in new[] { null, "http://127.0.0.1:1", "https://evil.example", "null" }
        from submitted in new[] { "none", "wrong", "right" }
        select new XsrfCase(isApi, method, who, site, mode, origin, submitted);
}
