using static JupyterHub.Proxy.Tests.Differential.Wire;

namespace JupyterHub.Proxy.Tests.Differential.Cases;

/// <summary>What becomes of a server's answer on its way to the client.</summary>
internal static class ResponseCases
{
    private const string Chunked = "Transfer-Encoding: chunked";

    public static IEnumerable<Exchange> All => [.. Statuses, .. Headers, .. Framings, .. Interim, .. Broken];

    private static IEnumerable<Exchange> Statuses =>
    [
        .. from status in (string[])["201 Created", "202 Accepted", "301 Moved Permanently", "302 Found", "400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "418 I'm a teapot", "429 Too Many Requests", "500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"]
           select Case("status-" + status[..3], Response(status, "x")),
        Case("status-204", Lines("HTTP/1.1 204 No Content", "X: y")),
        Case("status-204-with-length", Lines("HTTP/1.1 204 No Content", "Content-Length: 0")),
        Case("status-304", Lines("HTTP/1.1 304 Not Modified", "ETag: \"x\"")),
        Case("status-304-with-length", Lines("HTTP/1.1 304 Not Modified", "Content-Length: 5")),
        Case("status-205", Response("205 Reset Content", "")),
        Case("status-206", Response("206 Partial Content", "xy", "Content-Range: bytes 0-1/5")),
        Case("status-own", Response("299 My Own", "x")),
        Case("status-own-reason", Response("200 Fine, thanks", "x")),
        Case("status-no-reason", Response("200 ", "x")),
        Case("status-no-reason-no-space", Response("200", "x")),
        Case("status-reason-latin1", Response("200 Caf\u00e9", "x")),
        Case("status-600", Response("600 Beyond", "x")),
        Case("status-999", Response("999 Most", "x")),
    ];

    private static IEnumerable<Exchange> Headers =>
    [
        Case("answer-cookies", Response("200 OK", "x", "Set-Cookie: a=1; Path=/; HttpOnly", "Set-Cookie: b=2", "Set-Cookie: a=3")),
        Case("answer-repeated", Response("200 OK", "x", "X-Twice: one", "X-Twice: two")),
        Case("answer-repeated-single", Response("200 OK", "x", "Content-Type: text/a", "Content-Type: text/b", "ETag: a", "ETag: b")),
        Case("answer-empty-header", Response("200 OK", "x", "X-Empty:")),
        Case("answer-latin1", Response("200 OK", "x", "X-Latin: caf\u00e9")),
        Case("answer-utf8", Response("200 OK", "x", "X-Utf: caf\u00c3\u00a9")),
        Case("answer-date-server", Response("200 OK", "x", "Date: Tue, 01 Jan 2030 00:00:00 GMT", "Server: theirs/1")),
        Case("answer-hop-by-hop", Response("200 OK", "x", "Keep-Alive: timeout=77", "Proxy-Authenticate: Basic", "Proxy-Connection: close", "TE: x", "Upgrade: h2c", "Via: 1.1 x")),
        Case("answer-declared-for-this-hop", Response("200 OK", "x", "Connection: X-Hop", "X-Hop: x")),
        Case("answer-connection-close", Response("200 OK", "x", "Connection: close")),
        Case("answer-connection-keep-alive", Response("200 OK", "x", "Connection: keep-alive")),
        Case("answer-caching", Response("200 OK", "x", "Cache-Control: no-cache", "ETag: W/\"x\"", "Last-Modified: Tue, 01 Jan 2030 00:00:00 GMT", "Expires: 0", "Vary: Cookie", "Age: 5")),
        Case("answer-security", Response("200 OK", "x", "Content-Security-Policy: frame-ancestors 'self'", "Strict-Transport-Security: max-age=1", "Access-Control-Allow-Origin: *", "X-Frame-Options: DENY")),
        Case("answer-encoded", Response("200 OK", "\x1f\x8b\x08", "Content-Encoding: gzip", "Content-Type: text/html")),
        Case("answer-location", Response("302 Found", "", "Location: /user/a/lab?")),
        Case("answer-location-target", Response("302 Found", "", "Location: {A}/x")),
        Case("answer-authenticate", Response("401 Unauthorized", "", "WWW-Authenticate: Basic realm=\"x\", Digest y")),
        Case("answer-no-type", Response("200 OK", "x")),
        Case("answer-prototype", Response("200 OK", "x", "constructor: x", "__proto__: y")),
        Case("answer-many-headers", Response("200 OK", "x", [.. Enumerable.Range(10, 80).Select(number => $"X-{number}: y")])),
        Case("answer-long-header", Response("200 OK", "x", "X-Long: " + new string('x', 10_000))),
    ];

    private static IEnumerable<Exchange> Framings =>
    [
        Case("answer-empty", Response("200 OK", "")),
        Case("answer-large", Response("200 OK", new string('y', 300_000))),
        Case("answer-binary", Response("200 OK", "\0\xff\r\n0\r\n\r\n")),
        Case("answer-chunked", Lines("HTTP/1.1 200 OK", Chunked) + "5\r\nhello\r\n6;a=b\r\n world\r\n0\r\n\r\n"),
        Case("answer-chunked-empty", Lines("HTTP/1.1 200 OK", Chunked) + "0\r\n\r\n"),
        Case("answer-chunked-trailers", Lines("HTTP/1.1 200 OK", Chunked, "Trailer: X-End") + "5\r\nhello\r\n0\r\nX-End: yes\r\n\r\n"),
        Case("answer-until-closed", Lines("HTTP/1.1 200 OK", "Content-Type: text/plain") + "hello") with { Answer = Answer.ThenClose(Lines("HTTP/1.1 200 OK", "Content-Type: text/plain") + "hello") },
        Case("answer-until-closed-announced", "") with { Answer = Answer.ThenClose(Lines("HTTP/1.1 200 OK", "Connection: close") + "hello") },
        Case("answer-until-closed-empty", "") with { Answer = Answer.ThenClose(Lines("HTTP/1.1 200 OK", "Connection: close")) },
        Case("answer-http10", "") with { Answer = Answer.ThenClose("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nhello") },
        Case("answer-http10-length", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
        Case("answer-both-framings", Lines("HTTP/1.1 200 OK", Chunked, "Content-Length: 5") + "5\r\nhello\r\n0\r\n\r\n"),
        Case("answer-head", Lines("HTTP/1.1 200 OK", "Content-Length: 5", "Content-Type: text/x")) with { Request = Head("HEAD /user/a HTTP/1.1", []) },
        Case("answer-head-chunked", Lines("HTTP/1.1 200 OK", Chunked)) with { Request = Head("HEAD /user/a HTTP/1.1", []) },
        Case("answer-head-no-length", Lines("HTTP/1.1 200 OK", "X: y")) with { Request = Head("HEAD /user/a HTTP/1.1", []) },
        Case("answer-head-404", Lines("HTTP/1.1 404 Not Found", "Content-Length: 5")) with { Request = Head("HEAD /user/a HTTP/1.1", []) },
        Case("answer-head-no-route", Exchange.Plainly) with { Request = Head("HEAD /nothing HTTP/1.1", []) },
        Case("answer-head-nobody", Exchange.Plainly) with { Request = Head("HEAD /user/a HTTP/1.1", []), Routes = [("/user/a", "{nobody}")] },
        Case("answer-chunked-to-http10", Lines("HTTP/1.1 200 OK", Chunked) + "5\r\nhello\r\n0\r\n\r\n") with { Request = "GET /user/a HTTP/1.0\r\nHost: hub.example\r\n\r\n" },
        Case("answer-chunked-to-http10-keep-alive", Lines("HTTP/1.1 200 OK", Chunked) + "5\r\nhello\r\n0\r\n\r\n") with { Request = "GET /user/a HTTP/1.0\r\nHost: hub.example\r\nConnection: keep-alive\r\n\r\n" },
        Case("answer-early", Exchange.Plainly) with { Request = Send("POST", "/user/a", "hello"), Answer = new(Exchange.Plainly) { IsEarly = true } },
        Case("answer-event-stream", Lines("HTTP/1.1 200 OK", "Content-Type: text/event-stream", Chunked) + "8\r\ndata: x\n\r\n0\r\n\r\n"),
    ];

    private static IEnumerable<Exchange> Interim =>
    [
        Case("interim-103", Lines("HTTP/1.1 103 Early Hints", "Link: </x>; rel=preload") + Exchange.Plainly),
        Case("interim-102", Lines("HTTP/1.1 102 Processing") + Exchange.Plainly),
        Case("interim-100", Lines("HTTP/1.1 100 Continue") + Exchange.Plainly),
        Case("interim-many", string.Concat(Enumerable.Repeat(Lines("HTTP/1.1 100 Continue"), 5)) + Exchange.Plainly),
    ];

    private static IEnumerable<Exchange> Broken =>
    [
        Broke("broken-nothing", ""),
        Broke("broken-half-status", "HTTP/1.1 20"),
        Broke("broken-half-head", "HTTP/1.1 200 OK\r\nX: y\r\n"),
        Broke("broken-not-http", "nonsense\r\n\r\n"),
        Broke("broken-short-body", Lines("HTTP/1.1 200 OK", "Content-Length: 10") + "hello") with { OriginalHangs = true },
        Broke("broken-short-chunk", Lines("HTTP/1.1 200 OK", Chunked) + "a\r\nhello") with { OriginalHangs = true },
        Broke("broken-no-last-chunk", Lines("HTTP/1.1 200 OK", Chunked) + "5\r\nhello\r\n") with { OriginalHangs = true },
        Broke("broken-bad-chunk", Lines("HTTP/1.1 200 OK", Chunked) + "5\r\nhello\r\nzz\r\n") with { OriginalHangs = true },
        Broke("broken-length-twice", Lines("HTTP/1.1 200 OK", "Content-Length: 5", "Content-Length: 6") + "hello!"),
        Broke("broken-length", Lines("HTTP/1.1 200 OK", "Content-Length: x") + "hello"),
        Broke("broken-header", Lines("HTTP/1.1 200 OK", "nonsense", "Content-Length: 0")),
        Broke("broken-header-name", Lines("HTTP/1.1 200 OK", "X Y: z", "Content-Length: 0")),
        Broke("broken-nul", Lines("HTTP/1.1 200 OK", "X: a\0b", "Content-Length: 0")),
        Broke("broken-status-word", Response("abc OK", "")),
        Broke("broken-status-short", Response("20 OK", "")),
        Broke("broken-status-0", Response("000 OK", "")) with { OriginalHangs = true },
        Broke("broken-version", "HTTP/3.7 200 OK\r\nContent-Length: 0\r\n\r\n"),
        Broke("broken-surplus", Response("200 OK", "hello") + "surplus"),
        Broke("broken-second-answer", Response("200 OK", "hello") + Response("200 OK", "other")),
        Case("broken-reset", "") with { Answer = new("") { Resets = true } },
        Case("broken-reset-in-head", "") with { Answer = new("HTTP/1.1 200 OK\r\nX: ") { Resets = true } },
        Broke("broken-then-next", Lines("HTTP/1.1 200 OK", "Content-Length: 10") + "hello") with { Request = Get("/user/a") + Get("/user/b"), Responses = 2, OriginalHangs = true },
        Broke("broken-huge-head", Lines("HTTP/1.1 200 OK", "X: " + new string('x', 100_000), "Content-Length: 0")),
    ];

    private static Exchange Case(string name, string answer) => new(name, Get("/user/a/x")) { Answer = answer };

    private static Exchange Broke(string name, string answer) => Case(name, answer) with { Answer = Answer.ThenClose(answer) };
}
