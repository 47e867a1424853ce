using static JupyterHub.Proxy.Tests.Differential.Wire;

namespace JupyterHub.Proxy.Tests.Differential.Cases;

/// <summary>WebSockets, and what else asks to be upgraded.</summary>
internal static class UpgradeCases
{
    public const string Accepting = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    public static IEnumerable<Exchange> All =>
    [
        Socket("socket", Request("/user/a/ws?x=y")),
        Socket("socket-with-protocol", Request("/user/a/ws", "Sec-WebSocket-Protocol: v1.kernel.websocket.jupyter.org, x", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits", "Origin: http://hub.example", "Cookie: a=b")) with
        {
            Answer = Accepting.Replace("\r\n\r\n", "\r\nSec-WebSocket-Protocol: x\r\nSec-WebSocket-Extensions: permessage-deflate\r\nX-Own: y\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n", StringComparison.Ordinal),
        },
        Socket("socket-capitals", Get("/user/a/ws", "Connection: upgrade", "Upgrade: WebSocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13")),
        Socket("socket-firefox", Get("/user/a/ws", "Connection: keep-alive, Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13")),
        Socket("socket-forwarded", Request("/user/a/ws", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: public.example")),
        Socket("socket-encoded-path", Request("/user/a/%7Ex/a%2Fb//c?d=%20")),
        Socket("socket-speaks-at-once", Request("/user/a/ws")) with { Answer = Accepting + "hello" },
        Socket("socket-client-speaks-at-once", Request("/user/a/ws") + "early,") with { Then = "late!" },
        Socket("socket-odd-reason", Request("/user/a/ws")) with { Answer = Accepting.Replace("Switching Protocols", "Fine", StringComparison.Ordinal) },
        Socket("socket-refused", Request("/user/a/ws")) with { Answer = Answer.ThenClose(Response("403 Forbidden", "no", "X-Own: y", "Connection: close")) },
        Socket("socket-refused-404", Request("/user/a/ws")) with { Answer = Answer.ThenClose(Response("404 Not Found", "not here", "Connection: close")) },
        Socket("socket-refused-chunked", Request("/user/a/ws")) with { Answer = Answer.ThenClose(Lines("HTTP/1.1 400 Bad Request", "Connection: close", "Transfer-Encoding: chunked") + "2\r\nno\r\n0\r\n\r\n") },
        Socket("socket-redirected", Request("/user/a/ws")) with { Answer = Answer.ThenClose(Response("302 Found", "", "Location: /hub/login", "Connection: close")) },
        Socket("socket-answered-200", Request("/user/a/ws")) with { Answer = Answer.ThenClose(Response("200 OK", "page", "Connection: close")) },
        Socket("socket-no-route", Request("/nothing")),
        Socket("socket-nobody", Request("/user/a/ws")) with { Routes = [("/user/a", "{nobody}")] },
        Socket("socket-cut", Request("/user/a/ws")) with { Answer = Answer.ThenClose("") },
        Socket("socket-post", Request("/user/a/ws").Replace("GET ", "POST ", StringComparison.Ordinal)),
        Socket("socket-no-key", Get("/user/a/ws", "Connection: Upgrade", "Upgrade: websocket")),
        Socket("socket-no-upgrade", Get("/user/a/ws", "Connection: Upgrade")) with { Answer = Exchange.Plainly },
        Socket("socket-no-connection", Get("/user/a/ws", "Upgrade: websocket")) with { Answer = Exchange.Plainly },
        Socket("upgrade-h2c", Get("/user/a/x", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA")) with { Answer = Exchange.Plainly },
        Socket("upgrade-other", Get("/user/a/x", "Connection: Upgrade", "Upgrade: something/1")) with { Answer = Exchange.Plainly },
        Socket("upgrade-two", Get("/user/a/x", "Connection: Upgrade", "Upgrade: h2c, websocket")) with { Answer = Exchange.Plainly },
        Socket("upgrade-with-body", Send("POST", "/user/a/x", "hello", "Connection: Upgrade", "Upgrade: h2c")) with { Answer = Exchange.Plainly },
        Socket("upgrade-health", Request("/_chp_healthz")),
        Socket("upgrade-bad-path", Request("/user/a/%zz")),
        Socket("upgrade-unasked", Get("/user/a/x")) with { OriginalHangs = true },
    ];

    public static string Request(string target, params string[] headers) =>
        Get(target, [.. headers, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"]);

    private static Exchange Socket(string name, string request) => new(name, request) { Answer = Accepting, Then = "hello!" };
}
