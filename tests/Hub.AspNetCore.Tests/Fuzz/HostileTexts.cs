namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>Pieces of requests that have broken other programs.</summary>
internal static class HostileTexts
{
    /// <summary>Segments of paths, raw.</summary>
    public static readonly string[] Segments =
    [
        "", ".", "..", "%2e%2e", "%2E", "..;", "%2F", "%252F", "a%2Fb", "%5C", "\\", "a\\b", "%00", "ada%00", "%0a", "%0d%0aSet-Cookie:%20a=b", "%7f", "%1b[31m",
        "%ff", "%ff%fe", "%c0%af", "%ed%a0%80", "%f5%80%80%80", "%e2%80%ae", "%e2%80%a8", "%f0%9f%98%80", "%EF%BF%BD", "%cc%88", "%", "%z", "%zz", "%2", "%u0041",
        "a1x", "a-1", "a0", "a01", "A1", "1", "-1", "a99999999999999999999", "a%31", "sc_x", "true", "null", "undefined", "NaN", "%20", "ada%20", "%20ada", "+", "~", "@",
        "'", "%22", "%3Cscript%3E", "';DROP TABLE users;--", "$(id)", "{{7*7}}", "*", "a;b=c", "a,b", "a=b", "a&b", "ADA", "Ada", "ad%61", "%61da", "self", "server",
        "servers", "tokens", "shared", "\u00c4\u00d6", "\u00ff", "\u0001", "\t", "a b", "a#b", "a?b", "[", "]", "|", "^",
    ];

    /// <summary>Values of query parameters, raw.</summary>
    public static readonly string[] Values =
    [
        "", "0", "1", "-1", "-0", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "99999999999999999999999999", "1e9", "1.5", "0x10", "%2B5", "+5", "%205%20", "%D9%A1", "NaN", "Infinity", "true", "null", "[]", "{}", "%00", "%0a", "%ff", "%zz", "%",
        "%25", "%5C", "_", "'", "%22", "active", "ready", "inactive", "ACTIVE", "active,ready", "id", "-id", "--id", "name", "last_activity", "-last_activity", "sc_1", "sc_-1",
        "sc_99999999999999999999", "ada", "%F0%9F%98%80", "%ed%a0%80", "..%2F..", "%3Cscript%3E",
    ];

    /// <summary>Texts inside JSON, as they are written there, without quotes.</summary>
    public static readonly string[] Strings =
    [
        "", " ", "\\u0000", "a\\u0000b", "\\n", "a\\r\\nb", "\\u001b[31m", "\\u202e", "\\u2028", "\\ud800", "\\udc00", "a\\ud83d", "\\ud83d\\ude00", "\\ufffe", "a/b", "../..", ".",
        "..", "%2F", "ada", "ADA", "grace ", "root", "admin", "inherit", "self", "all", "!user", "!user=", "servers!server", "servers!server=ada/", "read:users!user=ada",
        "read:users!group=physics", "access:servers!server=ada/lab", "access:services!service=", "unknown:scope", "a!b!c", "a=b", "custom:", "-1", "0", "1e400", "true", "null",
        "2024-13-45T99:99:99Z", "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00Z", "2024-01-01", "javascript:alert(1)", "file:///etc/passwd", "http://", "http://[", "//evil",
        "<script>alert(1)</script>", "'; DROP TABLE users; --", "{{7*7}}", "$(id)", "${jndi:ldap://x}", "\\\\", "\\u00e4", "e\\u0301", "\\u0130", "\\u212a",
    ];

    /// <summary>Values in JSON that are no text, or not one.</summary>
    public static readonly string[] Tokens =
    [
        "null", "true", "false", "0", "-1", "-0", "1.5", "1e400", "-1e400", "1e-400", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890", "[]", "{}",
        "[null]", "[[]]", "[{}]", "[0]", "[\"\"]", "[true]", "{\"\":null}", "{\"a\":{\"b\":{\"c\":[]}}}", "{\"__proto__\":{}}", "{\"__jupyterhub_bytes__\":true,\"data\":\"!\"}",
    ];

    /// <summary>Header lines, without their ends.</summary>
    public static readonly string[] Headers =
    [
        "Accept: application/jupyterhub-pagination+json", "Accept: application/jupyterhub-pagination+json;q=0.5", "Accept: */*, , ;;", "Accept: ", "Accept: text/html", "Accept: \u00ff",
        "Content-Type: application/json", "Content-Type: text/html", "Content-Type: application/x-www-form-urlencoded", "Content-Type: multipart/form-data",
        "Content-Type: multipart/form-data; boundary=x", "Content-Type: multipart/form-data; boundary=\"", "Content-Type: ;;;", "Content-Type: application/json; charset=utf-7",
        "Content-Encoding: gzip", "Cookie: jupyterhub-hub-login=x", "Cookie: jupyterhub-hub-login=2|1:0|10:1700000000|20:jupyterhub-hub-login|4:eA==|00", "Cookie: =; ;; a",
        "Cookie: jupyterhub-hub-login=\"2|1:0|10:9999999999999999999|99999999999:x\"", "Cookie: _xsrf=x; _xsrf=y; jupyterhub-session-id=\"", "Cookie: \u00e4=\u00fc", "X-XSRFToken: x",
        "X-XSRFToken: ", "Origin: null", "Origin: https://evil.example", "Referer: https://evil.example/", "Sec-Fetch-Mode: cors", "Sec-Fetch-Site: cross-site",
        "X-Forwarded-For: 1.2.3.4, %0a, [::", "X-Forwarded-Proto: javascript", "X-Forwarded-Host: evil.example/\"", "Forwarded: for=\";;\"", "If-None-Match: *", "If-None-Match: \"\", W/x",
        "If-Modified-Since: yesterday", "Range: bytes=0-0,-1", "Expect: 100-continue", "TE: trailers", "X-HTTP-Method-Override: DELETE", "Accept-Language: \u0100\u00e9", "Upgrade: websocket",
        "CDN-Loop: jupyterhub, jupyterhub", "Connection: Authorization", "traceparent: 00-zz-zz-zz", "Via: 1.1 x", "X-Empty:",
    ];

    /// <summary>Values of the header Authorization; <c>{0}</c> is a token that is valid.</summary>
    public static readonly string[] Authorizations =
    [
        "", "token", "token ", "token  {0}", "Bearer {0} {0}", "bearer {0},", "basic {0}", "Basic cm9vdDpyb290", "{0}", "token {0}\u00ff", "token\t{0}", "BEARER {0}", "token a1", "token null",
        "token 00000000000000000000000000000000", "Bearer \u00e4\u00f6", "Bearer %00", "Digest username=\"root\"", "token '\"", "Negotiate ===",
    ];
}
