using static JupyterHub.Proxy.Tests.Differential.Wire;

namespace JupyterHub.Proxy.Tests.Differential.Cases;

/// <summary>The REST API: every method, path, body, token and query that a client could think of.</summary>
internal static class ApiCases
{
    private const string Target = """{"target":"http://127.0.0.1:9"}""";

    public static IEnumerable<Exchange> All => [.. Reads, .. Additions, .. Bodies, .. Paths, .. Removals, .. Tokens, .. Others];

    private static IEnumerable<Exchange> Reads =>
    [
        Case("api-all", Api("GET", "/api/routes")),
        Case("api-all-slash", Api("GET", "/api/routes/")),
        Case("api-all-none", Api("GET", "/api/routes")) with { Routes = [] },
        Case("api-one", Api("GET", "/api/routes/user/a")),
        Case("api-one-slash", Api("GET", "/api/routes/user/a/")),
        Case("api-one-encoded", Api("GET", "/api/routes/user%2Fa")),
        Case("api-one-unknown", Api("GET", "/api/routes/user/x")),
        Case("api-one-prefix", Api("GET", "/api/routes/user")),
        Case("api-one-with-query", Api("GET", "/api/routes/user/a?x=y")),
        Case("api-one-with-data", Api("GET", "/api/routes/user/d")) with
        {
            Routes = [("/user/d", """{"target":"{A}","user":"d\u00e9","server_name":"","jupyterhub":true,"n":1.50,"list":[1,null,{"x":{}}],"last_activity":"mine"}""")],
        },
        Case("api-inactive-future", Api("GET", "/api/routes?inactiveSince=2999-01-01T00:00:00.000Z")),
        Case("api-inactive-past", Api("GET", "/api/routes?inactiveSince=2000-01-01T00:00:00.000Z")),
        Case("api-inactive-snake-case", Api("GET", "/api/routes?inactive_since=2000-01-01T00:00:00Z")),
        Case("api-inactive-both", Api("GET", "/api/routes?inactive_since=2000-01-01&inactiveSince=2999-01-01")),
        Case("api-inactive-date-only", Api("GET", "/api/routes?inactiveSince=2999-01-01")),
        Case("api-inactive-offset", Api("GET", "/api/routes?inactiveSince=2999-01-01T00:00:00%2B02:00")),
        Case("api-inactive-microseconds", Api("GET", "/api/routes?inactiveSince=2999-01-01T00:00:00.123456Z")),
        Case("api-inactive-no-zone", Api("GET", "/api/routes?inactiveSince=2999-01-01T00:00:00")),
        Case("api-inactive-nonsense", Api("GET", "/api/routes?inactiveSince=yesterday")),
        Case("api-inactive-markup", Api("GET", "/api/routes?inactiveSince=%3Cscript%3E%C3%A9")),
        Case("api-inactive-empty", Api("GET", "/api/routes?inactiveSince=")),
        Case("api-inactive-twice", Api("GET", "/api/routes?inactiveSince=2999-01-01&inactiveSince=2000-01-01")),
        Case("api-inactive-impossible", Api("GET", "/api/routes?inactiveSince=2024-13-45T00:00:00Z")),
        Case("api-inactive-on-one", Api("GET", "/api/routes/user/a?inactiveSince=2000-01-01")),
        Case("api-other-query", Api("GET", "/api/routes?limit=1&offset=x")),
    ];

    private static IEnumerable<Exchange> Additions =>
    [
        Change("api-add", Api("POST", "/api/routes/user/new", Target)),
        Change("api-add-slash", Api("POST", "/api/routes/user/new/", Target)),
        Change("api-add-replaces", Api("POST", "/api/routes/user/a", """{"target":"http://127.0.0.1:9","other":1}""")),
        Change("api-add-root", Api("POST", "/api/routes/", Target)),
        Change("api-add-root-no-slash", Api("POST", "/api/routes", Target)),
        Change("api-add-encoded", Api("POST", "/api/routes/user/j%40h%20x%C3%A9", Target)),
        Change("api-add-at-sign", Api("POST", "/api/routes/user/j@h", Target)),
        Change("api-add-encoded-twice", Api("POST", "/api/routes/user/a%2540b", Target)),
        Change("api-add-query-ignored", Api("POST", "/api/routes/user/q?x=y", Target)),
        Change("api-add-plus", Api("POST", "/api/routes/user/a+b", Target)),
        Change("api-add-data-kept", Api("POST", "/api/routes/user/new", """{"target":"http://127.0.0.1:9","user":"new","server_name":"","jupyterhub":true,"deep":{"a":[1,2.0,1e3,true,null,"\u00e9\ud83d\ude00\"\\"]}}""")),
        Change("api-add-own-last-activity", Api("POST", "/api/routes/user/new", """{"target":"http://127.0.0.1:9","last_activity":"2001-01-01T00:00:00.000Z"}""")),
        Change("api-add-key-twice", Api("POST", "/api/routes/user/new", """{"target":"http://127.0.0.1:8","x":1,"target":"http://127.0.0.1:9"}""")),
        Change("api-add-chunked", Head("POST /api/routes/user/new HTTP/1.1", ["Authorization: token {token}", "Transfer-Encoding: chunked"]) + "10\r\n{\"target\":\"http:\r\nf\r\n//127.0.0.1:9\"}\r\n0\r\n\r\n"),
        Change("api-add-other-content-type", Send("POST", "/api/routes/user/new", Target, "Authorization: token {token}", "Content-Type: text/plain")),
        Change("api-add-expecting-continue", Send("POST", "/api/routes/user/new", Target, "Authorization: token {token}", "Expect: 100-continue")),
    ];

    private static IEnumerable<Exchange> Bodies =>
    [
        Change("api-body-none", Api("POST", "/api/routes/user/new")),
        Change("api-body-empty", Api("POST", "/api/routes/user/new", "")),
        Change("api-body-empty-object", Api("POST", "/api/routes/user/new", "{}")),
        Change("api-body-null", Api("POST", "/api/routes/user/new", "null")),
        Change("api-body-false", Api("POST", "/api/routes/user/new", "false")),
        Change("api-body-list", Api("POST", "/api/routes/user/new", "[]")),
        Change("api-body-text", Api("POST", "/api/routes/user/new", "\"x\"")),
        Change("api-body-number", Api("POST", "/api/routes/user/new", "1")),
        Change("api-body-cut", Api("POST", "/api/routes/user/new", """{"target":""")),
        Change("api-body-form", Api("POST", "/api/routes/user/new", "target=x")),
        Change("api-body-two-values", Api("POST", "/api/routes/user/new", "{} {}")),
        Change("api-body-comment", Api("POST", "/api/routes/user/new", """{"target":"http://127.0.0.1:9"/*x*/}""")),
        Change("api-body-trailing-comma", Api("POST", "/api/routes/user/new", """{"target":"http://127.0.0.1:9",}""")),
        Change("api-body-surrounded-by-space", Api("POST", "/api/routes/user/new", " \t\r\n" + Target + "\n")),
        Change("api-target-number", Api("POST", "/api/routes/user/new", """{"target":1}""")),
        Change("api-target-null", Api("POST", "/api/routes/user/new", """{"target":null}""")),
        Change("api-target-list", Api("POST", "/api/routes/user/new", """{"target":["http://127.0.0.1:9"]}""")),
        Change("api-target-capital", Api("POST", "/api/routes/user/new", """{"Target":"http://127.0.0.1:9"}""")),
        Change("api-target-empty", Api("POST", "/api/routes/user/new", """{"target":""}""")),
        Change("api-target-word", Api("POST", "/api/routes/user/new", """{"target":"nonsense"}""")),
        Change("api-target-other-scheme", Api("POST", "/api/routes/user/new", """{"target":"ftp://127.0.0.1:9"}""")),
        Change("api-target-with-path", Api("POST", "/api/routes/user/new", """{"target":"http://127.0.0.1:9/deep/path"}""")),
        Change("api-target-with-slash", Api("POST", "/api/routes/user/new", """{"target":"http://127.0.0.1:9/"}""")),
        Change("api-target-with-capitals", Api("POST", "/api/routes/user/new", """{"target":"HTTP://LocalHost:80"}""")),
        Change("api-target-https", Api("POST", "/api/routes/user/new", """{"target":"https://127.0.0.1:9"}""")),
    ];

    private static IEnumerable<Exchange> Paths =>
    [
        Change("api-path-other-prefix", Api("GET", "/api/routesx")),
        Change("api-path-root", Api("GET", "/")),
        Change("api-path-api", Api("GET", "/api")),
        Change("api-path-capitals", Api("GET", "/API/routes")),
        Change("api-path-double-slash-start", Api("GET", "//api/routes")),
        Change("api-path-double-slash", Api("GET", "/api//routes")),
        Change("api-path-two-final-slashes", Api("POST", "/api/routes/user/new//", Target)),
        Change("api-path-inner-double-slash", Api("POST", "/api/routes/user//new", Target)),
        Change("api-path-only-slashes", Api("POST", "/api/routes//", Target)),
        Change("api-path-dots", Api("POST", "/api/routes/user/../new", Target)),
        Change("api-path-encoded-dots", Api("POST", "/api/routes/user/%2e%2e/new", Target)),
        Change("api-path-bad-percent", Api("GET", "/api/routes/%zz")) with { OriginalHangs = true },
        Change("api-path-bad-utf8", Api("GET", "/api/routes/%ff")) with { OriginalHangs = true },
        Change("api-path-absolute", Api("GET", "http://other.example/api/routes/user/a")),
        Change("api-path-prototype", Api("GET", "/api/routes/__proto__")),
        Change("api-path-fragment", Api("GET", "/api/routes/user/a#x")),
    ];

    private static IEnumerable<Exchange> Removals =>
    [
        Change("api-delete", Api("DELETE", "/api/routes/user/a")),
        Change("api-delete-slash", Api("DELETE", "/api/routes/user/a/")),
        Change("api-delete-unknown", Api("DELETE", "/api/routes/user/x")),
        Change("api-delete-prefix", Api("DELETE", "/api/routes/user")),
        Change("api-delete-root", Api("DELETE", "/api/routes/")) with { Routes = [("/", "{A}"), ("/user/b", "{B}")] },
        Change("api-delete-root-unknown", Api("DELETE", "/api/routes/")),
        Change("api-delete-nothing", Api("DELETE", "/api/routes")) with { OriginalHangs = true },
        Change("api-delete-encoded", Api("DELETE", "/api/routes/user%2Fa")),
        Change("api-delete-with-body", Api("DELETE", "/api/routes/user/a", "{}")),
        Change("api-delete-twice", Api("DELETE", "/api/routes/user/a") + Api("DELETE", "/api/routes/user/a")) with { Responses = 2 },
        Change("api-delete-parent-keeps-child", Api("DELETE", "/api/routes/user")) with { Routes = [("/user", "{A}"), ("/user/b", "{B}")] },
    ];

    private static IEnumerable<Exchange> Tokens =>
    [
        Case("api-token-none", Get("/api/routes")),
        Case("api-token-wrong", Get("/api/routes", "Authorization: token wrong")),
        Case("api-token-empty", Get("/api/routes", "Authorization: token ")),
        Case("api-token-bearer", Get("/api/routes", "Authorization: Bearer {token}")),
        Case("api-token-capital", Get("/api/routes", "Authorization: Token {token}")),
        Case("api-token-alone", Get("/api/routes", "Authorization: {token}")),
        Case("api-token-spaces", Get("/api/routes", "Authorization: token   {token}")),
        Case("api-token-more-after", Get("/api/routes", "Authorization: token {token} x")),
        Case("api-token-longer", Get("/api/routes", "Authorization: token {token}x")),
        Case("api-token-something-before", Get("/api/routes", "Authorization: xtoken {token}")),
        Case("api-token-twice", Get("/api/routes", "Authorization: token {token}", "Authorization: token wrong")),
        Case("api-token-in-query", Get("/api/routes?token={token}")),
        Change("api-token-none-post", Send("POST", "/api/routes/user/new", Target)),
        Change("api-token-none-post-bad-body", Send("POST", "/api/routes/user/new", "nonsense")),
        Change("api-token-none-delete", Head("DELETE /api/routes/user/a HTTP/1.1", [])),
        Case("api-token-none-unknown-path", Get("/nothing")),
        Case("api-token-none-other-method", Send("PUT", "/api/routes", Target)),
    ];

    private static IEnumerable<Exchange> Others =>
    [
        Change("api-put", Api("PUT", "/api/routes/user/a", Target)),
        Change("api-patch", Api("PATCH", "/api/routes/user/a", Target)),
        Change("api-head", Api("HEAD", "/api/routes/user/a")),
        Change("api-options", Api("OPTIONS", "/api/routes")),
        Change("api-trace", Api("TRACE", "/api/routes")),
        Change("api-own-method", Api("PURGE", "/api/routes")),
        Change("api-lower-case-method", Api("get", "/api/routes")),
        Case("api-two-requests", Api("GET", "/api/routes/user/a") + Api("GET", "/api/routes/user/b")) with { Responses = 2 },
        Case("api-http10", "GET /api/routes/user/a HTTP/1.0\r\nAuthorization: token {token}\r\n\r\n"),
        Case("api-closing", Get("/api/routes/user/a", "Authorization: token {token}", "Connection: close")),
        Case("api-no-host", "GET /api/routes HTTP/1.1\r\nAuthorization: token {token}\r\n\r\n"),
        Case("api-health", Api("GET", "/_chp_healthz")),
        Case("api-metrics", Api("GET", "/metrics")),
        new("metrics-other-path", Get("/")) { To = ProxyPort.Metrics },
        new("metrics-with-query", Get("/metrics?x")) { To = ProxyPort.Metrics },
    ];

    private static Exchange Case(string name, string request) => new(name, request) { To = ProxyPort.Api };

    private static Exchange Change(string name, string request) => Case(name, request) with { ShowsRoutes = true };
}
