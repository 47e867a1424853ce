using static JupyterHub.Proxy.Tests.Differential.Wire;

namespace JupyterHub.Proxy.Tests.Differential.Cases;

/// <summary>What becomes of a request on its way to the server.</summary>
internal static class RequestCases
{
    private const string Chunked = "Transfer-Encoding: chunked";

    public static IEnumerable<Exchange> All => [.. Headers, .. Forwarded, .. Bodies, .. Connections, .. Malformed];

    private static IEnumerable<Exchange> Headers =>
    [
        Case("headers-many", Get("/user/a", "Accept: */*", "Accept-Encoding: gzip, br", "User-Agent: test/1", "Referer: http://x/?a=b", "Cookie: a=b; c=\"d e\"", "If-None-Match: \"x\"", "Range: bytes=0-1")),
        Case("headers-authorization", Get("/user/a", "Authorization: token abc")),
        Case("headers-own", Get("/user/a", "X-Own: one", "x-OTHER: Two")),
        Case("headers-empty-value", Get("/user/a", "X-Empty:", "X-Space:   ")),
        Case("headers-spaces-around", Get("/user/a", "X-Spaces:  \t a  b \t ")),
        Case("headers-repeated", Get("/user/a", "X-Twice: one", "X-Twice: two")),
        Case("headers-repeated-cookie", Get("/user/a", "Cookie: a=1", "Cookie: b=2")),
        Case("headers-repeated-single", Get("/user/a", "User-Agent: one", "User-Agent: two", "Referer: x", "Referer: y")),
        Case("headers-latin1", Get("/user/a", "X-Latin: caf\u00e9")),
        Case("headers-utf8", Get("/user/a", "X-Utf: caf\u00c3\u00a9")),
        Case("headers-underscore", Get("/user/a", "X_Under_Score: x")),
        Case("headers-odd-name", Get("/user/a", "!#$%&'*+-.^_`|~09: x")),
        Case("headers-colon-in-value", Get("/user/a", "X-Colon: a:b::c")),
        Case("headers-long", Get("/user/a", "X-Long: " + new string('x', 8000))),
        Case("headers-too-long", Get("/user/a", "X-Long: " + new string('x', 70_000))),
        Case("headers-prototype", Get("/user/a", "__proto__: x", "constructor: y")),
        Case("headers-declared-for-this-hop", Get("/user/a", "Connection: keep-alive, X-Hop", "X-Hop: x")),
        Case("headers-hop-by-hop", Get("/user/a", "Keep-Alive: timeout=9", "TE: trailers", "Proxy-Authorization: x", "Proxy-Connection: keep-alive")),
        Case("headers-trailer-without-chunks", Get("/user/a", "Trailer: X")) with { OriginalHangs = true },
        Case("headers-te-gzip", Get("/user/a", "TE: gzip, trailers;q=0.5")),
        Case("headers-via", Get("/user/a", "Via: 1.1 somebody", "Max-Forwards: 3")),
        Case("headers-upgrade-insecure", Get("/user/a", "Upgrade-Insecure-Requests: 1")),
        Case("headers-expect-other", Get("/user/a", "Expect: something")),
        Case("headers-host-odd", "GET /user/a HTTP/1.1\r\nHost: Hub.EXAMPLE:0080\r\n\r\n"),
        Case("headers-host-last", "GET /user/a HTTP/1.1\r\nX: y\r\nHost: hub.example\r\n\r\n"),
        Case("headers-host-ipv6", "GET /user/a HTTP/1.1\r\nHost: [::1]:8000\r\n\r\n"),
        Case("headers-host-empty", "GET /user/a HTTP/1.1\r\nHost:\r\n\r\n"),
        Case("headers-host-missing", "GET /user/a HTTP/1.1\r\nX: y\r\n\r\n"),
        Case("headers-host-twice", "GET /user/a HTTP/1.1\r\nHost: one.example\r\nHost: two.example\r\n\r\n"),
        Case("headers-host-twice-same", "GET /user/a HTTP/1.1\r\nHost: one.example\r\nHost: one.example\r\n\r\n"),
        Case("headers-host-space", "GET /user/a HTTP/1.1\r\nHost: a b\r\n\r\n"),
        Case("headers-host-path", "GET /user/a HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        Case("headers-host-userinfo", "GET /user/a HTTP/1.1\r\nHost: u:p@a.example\r\n\r\n"),
    ];

    private static IEnumerable<Exchange> Forwarded =>
    [
        Case("forwarded-for", Get("/user/a", "X-Forwarded-For: 192.0.2.1")),
        Case("forwarded-for-many", Get("/user/a", "X-Forwarded-For: 192.0.2.1, 192.0.2.2", "X-Forwarded-For: 192.0.2.3")),
        Case("forwarded-all", Get("/user/a", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https", "X-Forwarded-Port: 443", "X-Forwarded-Host: public.example")),
        Case("forwarded-other", Get("/user/a", "Forwarded: for=192.0.2.1;proto=https", "X-Real-IP: 192.0.2.1", "X-Scheme: https", "X-Forwarded-Prefix: /x")),
        Case("forwarded-underscore", Get("/user/a", "X_Forwarded_For: 192.0.2.1")),
        Case("forwarded-empty", Get("/user/a", "X-Forwarded-For:", "X-Forwarded-Host:")),
        Case("forwarded-host-without-port", "GET /user/a HTTP/1.1\r\nHost: hub.example\r\n\r\n"),
        Case("forwarded-off", Get("/user/a", "X-Forwarded-For: 192.0.2.1")) with { Options = ProxyOptions.OtherOrigin },
        Case("forwarded-off-none", Get("/user/a")) with { Options = ProxyOptions.OtherOrigin },
        Case("loop-mark", Get("/user/a", "CDN-Loop: somebody; x=y")),
    ];

    private static IEnumerable<Exchange> Bodies =>
    [
        Case("body-length", Send("POST", "/user/a", "hello")),
        Case("body-empty", Send("POST", "/user/a", "")),
        Case("body-none-post", Head("POST /user/a HTTP/1.1", [])),
        Case("body-none-put", Head("PUT /user/a HTTP/1.1", [])),
        Case("body-none-delete", Head("DELETE /user/a HTTP/1.1", [])),
        Case("body-none-options", Head("OPTIONS /user/a HTTP/1.1", [])),
        Case("body-none-patch", Head("PATCH /user/a HTTP/1.1", [])),
        Case("body-delete", Send("DELETE", "/user/a", "hello")),
        Case("body-get", Send("GET", "/user/a", "hello")),
        Case("body-head", Send("HEAD", "/user/a", "hello")),
        Case("body-chunked", Head("POST /user/a HTTP/1.1", [Chunked]) + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"),
        Case("body-chunked-empty", Head("POST /user/a HTTP/1.1", [Chunked]) + "0\r\n\r\n"),
        Case("body-chunked-delete", Head("DELETE /user/a HTTP/1.1", [Chunked]) + "5\r\nhello\r\n0\r\n\r\n") with { Answer = Answer.ThenClose(Exchange.Plainly) },
        Case("body-chunked-get", Head("GET /user/a HTTP/1.1", [Chunked]) + "5\r\nhello\r\n0\r\n\r\n"),
        Case("body-chunked-extension", Head("POST /user/a HTTP/1.1", [Chunked]) + "5;a=b\r\nhello\r\n0;c\r\n\r\n"),
        Case("body-chunked-capitals", Head("POST /user/a HTTP/1.1", ["Transfer-Encoding: Chunked"]) + "A\r\n0123456789\r\n0\r\n\r\n"),
        Case("body-chunked-trailers", Head("POST /user/a HTTP/1.1", [Chunked, "Trailer: X-End"]) + "5\r\nhello\r\n0\r\nX-End: yes\r\n\r\n"),
        Case("body-binary", Send("POST", "/user/a", "\0\x01\xff\r\n\r\n\x80")),
        Case("body-large", Send("POST", "/user/a", new string('x', 300_000))),
        Case("body-length-twice-same", Head("POST /user/a HTTP/1.1", ["Content-Length: 5", "Content-Length: 5"]) + "hello"),
        Case("body-length-listed", Head("POST /user/a HTTP/1.1", ["Content-Length: 5, 5"]) + "hello"),
        Case("body-length-zeros", Head("POST /user/a HTTP/1.1", ["Content-Length: 005"]) + "hello"),
        Case("body-length-plus", Head("POST /user/a HTTP/1.1", ["Content-Length: +5"]) + "hello"),
        Case("body-content-headers", Send("POST", "/user/a", "hello", "Content-Type: text/plain; charset=utf-8", "Content-Encoding: gzip", "Content-Language: de", "Content-MD5: x", "Allow: GET", "Expires: 0", "Last-Modified: x")),
        Case("body-expect", Head("POST /user/a HTTP/1.1", ["Content-Length: 5", "Expect: 100-continue"]) + "hello") with { Answer = new(Exchange.Plainly) { Interim = "HTTP/1.1 100 Continue\r\n\r\n" } },
        Case("body-expect-refused", Head("POST /user/a HTTP/1.1", ["Content-Length: 5000", "Expect: 100-continue", "Connection: close"])) with
        {
            Answer = new("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") { IsEarly = true, Closes = true },
        },
        Case("body-expect-without-body", Get("/user/a", "Expect: 100-continue")),
        Case("method-own", Head("PROPFIND /user/a HTTP/1.1", [])),
        Case("method-unknown", Head("FROBNICATE /user/a HTTP/1.1", [])),
        Case("method-lower-case", Head("get /user/a HTTP/1.1", [])),
        Case("method-trace", Head("TRACE /user/a HTTP/1.1", [])),
    ];

    private static IEnumerable<Exchange> Connections =>
    [
        Case("connection-two", Get("/user/a/1") + Get("/user/b/2")) with { Responses = 2 },
        Case("connection-after-body", Send("POST", "/user/a/1", "hello") + Get("/user/b/2")) with { Responses = 2 },
        Case("connection-after-chunks", Head("POST /user/a/1 HTTP/1.1", [Chunked]) + "5\r\nhello\r\n0\r\n\r\n" + Get("/user/b/2")) with { Responses = 2 },
        Case("connection-close", Get("/user/a", "Connection: close")),
        Case("connection-close-capitals", Get("/user/a", "Connection: Close")),
        Case("connection-keep-alive", Get("/user/a", "Connection: keep-alive")),
        Case("connection-other", Get("/user/a", "Connection: x-other")),
        Case("connection-close-among-others", Get("/user/a", "Connection: x, close")),
        Case("connection-http10", "GET /user/a HTTP/1.0\r\nHost: hub.example\r\n\r\n"),
        Case("connection-http10-keep-alive", "GET /user/a HTTP/1.0\r\nHost: hub.example\r\nConnection: keep-alive\r\n\r\n"),
        Case("connection-http10-no-host", "GET /user/a HTTP/1.0\r\n\r\n"),
        Case("connection-http10-body", "POST /user/a HTTP/1.0\r\nHost: hub.example\r\nContent-Length: 5\r\n\r\nhello"),
        Case("connection-leading-lines", "\r\n\r\n" + Get("/user/a")),
        Case("connection-closed-after-404", Get("/nothing") + Get("/user/a")) with { Responses = 2 },
        Case("connection-after-503", Get("/user/x") + Get("/user/a")) with { Responses = 2, Routes = [("/user/a", "{A}"), ("/user/x", "{nobody}")] },
    ];

    private static IEnumerable<Exchange> Malformed =>
    [
        Case("bad-version", "GET /user/a HTTP/1.2\r\nHost: hub.example\r\n\r\n"),
        Case("bad-version-2", "GET /user/a HTTP/2.0\r\nHost: hub.example\r\n\r\n"),
        Case("bad-version-09", "GET /user/a\r\n\r\n"),
        Case("bad-word", "nonsense\r\n\r\n"),
        Case("bad-header-line", Get("/user/a", "nonsense")),
        Case("bad-header-name-space", Get("/user/a", "X Y: z")),
        Case("bad-space-before-colon", Get("/user/a", "X-Y : z")),
        Case("bad-no-name", Get("/user/a", ": z")),
        Case("bad-folded", Get("/user/a", "X-Y: z", " folded")),
        Case("bad-nul", Get("/user/a", "X-Y: a\0b")),
        Case("bad-control", Get("/user/a", "X-Y: a\x01b")),
        Case("bad-bare-cr", Get("/user/a", "X-Y: a\rb")),
        Case("bad-bare-lf", "GET /user/a HTTP/1.1\nHost: hub.example\n\n"),
        Case("bad-bare-lf-header", "GET /user/a HTTP/1.1\r\nHost: hub.example\nX: y\r\n\r\n"),
        Case("bad-length-twice", Head("POST /user/a HTTP/1.1", ["Content-Length: 5", "Content-Length: 6"]) + "hello!"),
        Case("bad-length-listed", Head("POST /user/a HTTP/1.1", ["Content-Length: 5, 6"]) + "hello!"),
        Case("bad-length-hex", Head("POST /user/a HTTP/1.1", ["Content-Length: 0x5"]) + "hello"),
        Case("bad-length-negative", Head("POST /user/a HTTP/1.1", ["Content-Length: -5"]) + "hello"),
        Case("bad-length-empty", Head("POST /user/a HTTP/1.1", ["Content-Length:"]) + "hello"),
        Case("bad-length-huge", Head("POST /user/a HTTP/1.1", ["Content-Length: 99999999999999999999"]) + "hello"),
        Case("bad-both-framings", Head("POST /user/a HTTP/1.1", ["Content-Length: 5", Chunked]) + "0\r\n\r\n"),
        Case("bad-coding", Head("POST /user/a HTTP/1.1", ["Transfer-Encoding: xchunked"]) + "0\r\n\r\n"),
        Case("bad-coding-identity", Head("POST /user/a HTTP/1.1", ["Transfer-Encoding: identity"]) + "0\r\n\r\n"),
        Case("bad-coding-after-chunked", Head("POST /user/a HTTP/1.1", ["Transfer-Encoding: chunked, identity"]) + "0\r\n\r\n"),
        Case("bad-coding-twice", Head("POST /user/a HTTP/1.1", ["Transfer-Encoding: chunked, chunked"]) + "0\r\n\r\n"),
        Case("bad-coding-http10", "POST /user/a HTTP/1.0\r\nHost: hub.example\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Case("bad-preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    ];

    private static Exchange Case(string name, string request) => new(name, request);
}
