using static JupyterHub.Proxy.Tests.Differential.Wire;

namespace JupyterHub.Proxy.Tests.Differential.Cases;

/// <summary>Which server a request reaches, and under which target.</summary>
internal static class RoutingCases
{
    public static IEnumerable<Exchange> All => [.. Prefixes, .. Encodings, .. Targets, .. TargetPaths, .. Hosts];

    private static IEnumerable<Exchange> Prefixes =>
    [
        Case("route-exact", "/user/a"),
        Case("route-slash", "/user/a/"),
        Case("route-below", "/user/a/lab/tree/x.ipynb"),
        Case("route-other", "/user/b/lab"),
        Case("route-longer-name", "/user/ab"),
        Case("route-none", "/user/x"),
        Case("route-none-prefix", "/user"),
        Case("route-none-root", "/"),
        Case("route-capitals", "/User/a"),
        Case("route-longest", "/user/a/named/x") with { Routes = [("/user/a", "{A}"), ("/user/a/named", "{B}")] },
        Case("route-longest-not-reached", "/user/a/name/x") with { Routes = [("/user/a", "{A}"), ("/user/a/named", "{B}")] },
        Case("route-gap", "/user/a/x") with { Routes = [("/", "{A}"), ("/user/a/x/y", "{B}")] },
        Case("route-root", "/anything/else") with { Routes = [("/", "{A}"), ("/user/b", "{B}")] },
        Case("route-root-root", "/") with { Routes = [("/", "{A}")] },
        Case("route-posted-with-slash", "/user/a/x") with { Routes = [("/user/a/", "{A}")] },
        Case("route-no-routes", "/user/a") with { Routes = [] },
        Case("route-to-nobody", "/user/a/x") with { Routes = [("/user/a", "{nobody}")] },
        Case("route-health", "/_chp_healthz"),
        Case("route-health-query", "/_chp_healthz?x"),
        Case("route-health-slash", "/_chp_healthz/"),
        Case("route-health-below-root", "/_chp_healthz") with { Routes = [("/", "{A}")] },
        Whole("route-health-posted", Send("POST", "/_chp_healthz", "x")),
        Case("route-api-on-public-port", "/api/routes"),
        Case("route-metrics-on-public-port", "/metrics"),
    ];

    private static IEnumerable<Exchange> Encodings =>
    [
        Case("path-encoded-name", "/user/%61/x"),
        Case("path-encoded-slash", "/user%2Fa/x"),
        Case("path-encoded-slash-within", "/user/a/x%2Fy"),
        Case("path-encoded-twice", "/user/%2561/x"),
        Case("path-encoded-twice-route", "/user/a%2540b/x") with { Routes = [("/user/a%40b", "{A}"), ("/user/a@b", "{B}")] },
        Case("path-at-sign", "/user/a@b/x") with { Routes = [("/user/a@b", "{A}")] },
        Case("path-at-sign-encoded", "/user/a%40b/x") with { Routes = [("/user/a@b", "{A}")] },
        Case("path-space-encoded", "/user/a%20b/x%20y") with { Routes = [("/user/a b", "{A}")] },
        Case("path-utf8", "/user/%C3%A9/x") with { Routes = [("/user/\u00e9", "{A}")] },
        Case("path-utf8-lower-case", "/user/%c3%a9/x") with { Routes = [("/user/\u00e9", "{A}")] },
        Case("path-utf8-raw", "/user/a/\u00c3\u00a9"),
        Case("path-plus", "/user/a/x+y"),
        Case("path-tilde", "/user/a/~x/%7Ex"),
        Case("path-reserved", "/user/a/x;y=1,2/(z)!$&'*:@="),
        Case("path-quotes", "/user/a/\"x\"/`y`/{z}|^\\[]"),
        Case("path-bad-percent", "/user/a/%zz"),
        Case("path-bad-percent-end", "/user/a/%"),
        Case("path-bad-utf8", "/user/a/%ff"),
        Case("path-overlong-utf8", "/user/a/%c0%ae%c0%ae/"),
        Case("path-nul", "/user/a/%00"),
        Case("path-newline", "/user/a/x%0d%0ay"),
        Case("path-backslash", "/user\\a/x"),
        Case("path-backslash-encoded", "/user/a%5c..%5cb/x"),
    ];

    private static IEnumerable<Exchange> Targets =>
    [
        Case("target-dots", "/user/a/../b/x"),
        Case("target-dots-encoded", "/user/a/%2e%2e/b/x"),
        Case("target-dot", "/user/a/./x"),
        Case("target-dots-up", "/../../user/a"),
        Case("target-double-slash", "/user/a//x"),
        Case("target-double-slash-before", "/user//a/x"),
        Case("target-double-slash-start", "//user/a/x"),
        Case("target-double-slash-end", "/user/a//"),
        Case("target-many-slashes", "/user/a////x///y"),
        Case("target-query", "/user/a/x?y=z&y=%2F+%20&&"),
        Case("target-query-empty", "/user/a/x?"),
        Case("target-query-slashes", "/user/a/x?next=//evil//y/../z"),
        Case("target-query-url", "/user/a/x?next=http://user/b"),
        Case("target-query-question-marks", "/user/a/x?a?b??c"),
        Case("target-query-not-encoded", "/user/a/x?a=\"b\"<c>|{d}"),
        Case("target-query-bad-percent", "/user/a/x?y=%zz%"),
        Case("target-query-only", "/user/a?x"),
        Case("target-fragment", "/user/a/x#y"),
        Case("target-url-in-path", "/user/a/http://other/x"),
        Case("target-long", "/user/a/" + new string('x', 6000)),
        Case("target-absolute", "http://hub.example:8000/user/a/x?y"),
        Case("target-absolute-other-host", "http://other.example/user/a/x"),
        Case("target-absolute-https", "https://hub.example:8000/user/a/x"),
        Case("target-absolute-no-path", "http://hub.example:8000"),
        Whole("target-asterisk", "OPTIONS * HTTP/1.1\r\nHost: hub.example:8000\r\n\r\n"),
        Case("target-asterisk-get", "*"),
        Whole("target-connect", "CONNECT other.example:443 HTTP/1.1\r\nHost: other.example:443\r\n\r\n"),
        Case("target-no-slash", "user/a/x"),
        Case("target-space", "/user/a/x y"),
        Case("target-tab", "/user/a/x\ty"),
        Whole("target-empty", "GET  HTTP/1.1\r\nHost: hub.example:8000\r\n\r\n"),
    ];

    private static IEnumerable<Exchange> TargetPaths =>
    [
        Case("prepend-path", "/user/a/x?y") with { Routes = [("/user/a", "{A}/deep/path")] },
        Case("prepend-path-slash", "/user/a/x") with { Routes = [("/user/a", "{A}/deep/path/")] },
        Case("prepend-slash", "/user/a/x") with { Routes = [("/user/a", "{A}/")] },
        Case("prepend-encoded", "/user/a/x") with { Routes = [("/user/a", "{A}/d%20p")] },
        Case("prepend-query", "/user/a/x?y") with { Routes = [("/user/a", "{A}/deep?z")] },
        Case("prepend-to-root", "/") with { Routes = [("/", "{A}/deep")] },
        Case("no-prepend-path", "/user/a/x?y") with { Options = ProxyOptions.RewritesHost, Routes = [("/user/a", "{A}/deep/path")] },
        Case("no-prefix-below", "/user/a/x?y") with { Options = ProxyOptions.RewritesScheme },
        Case("no-prefix-exact", "/user/a") with { Options = ProxyOptions.RewritesScheme },
        Case("no-prefix-slash", "/user/a/") with { Options = ProxyOptions.RewritesScheme },
        Case("no-prefix-query", "/user/a?x") with { Options = ProxyOptions.RewritesScheme },
        Case("no-prefix-encoded", "/user/%61/x") with { Options = ProxyOptions.RewritesScheme },
        Case("no-prefix-double-slash", "/user//a/x") with { Options = ProxyOptions.RewritesScheme },
        Case("no-prefix-root", "/x") with { Options = ProxyOptions.RewritesScheme, Routes = [("/", "{A}")] },
        Case("no-prefix-prepend", "/user/a/x") with { Options = ProxyOptions.RewritesScheme, Routes = [("/user/a", "{A}/deep")] },
        Case("no-prefix-longest", "/user/a/n/x") with { Options = ProxyOptions.RewritesScheme, Routes = [("/user/a", "{A}"), ("/user/a/n", "{B}")] },
    ];

    private static IEnumerable<Exchange> Hosts =>
    [
        Host("host-of-a", "a.example", "/user/a/x"),
        Host("host-of-b", "b.example", "/user/b"),
        Host("host-with-port", "a.example:8000", "/user/a/x"),
        Host("host-capitals", "A.Example", "/user/a/x"),
        Host("host-other-path", "a.example", "/user/b"),
        Host("host-unknown", "c.example", "/user/a"),
        Host("host-default", "c.example", "/"),
        Host("host-final-dot", "a.example.", "/user/a"),
        Host("host-ipv6", "[::1]:8000", "/user/a"),
        Host("host-userinfo", "a@b.example", "/user/b"),
        Host("host-slash", "a.example/user/a", "/x"),
        Host("host-encoded", "%61.example", "/user/a"),
        Host("host-empty", "", "/user/a"),
        AmongHosts("host-none", "GET /user/a HTTP/1.1\r\n\r\n"),
        AmongHosts("host-none-http10", "GET /user/a HTTP/1.0\r\n\r\n"),
        AmongHosts("host-two", "GET /user/a HTTP/1.1\r\nHost: a.example\r\nHost: b.example\r\n\r\n"),
        AmongHosts("host-absolute-target", "GET http://b.example/user/b HTTP/1.1\r\nHost: a.example\r\n\r\n"),
        AmongHosts("host-absolute-target-same", "GET http://b.example/user/b HTTP/1.1\r\nHost: b.example\r\n\r\n"),
        AmongHosts("host-forwarded", "GET /user/b HTTP/1.1\r\nHost: a.example\r\nX-Forwarded-Host: b.example\r\n\r\n"),
        AmongHosts("host-in-path", "GET /a.example/user/a HTTP/1.1\r\nHost: c.example\r\n\r\n"),
        AmongHosts("host-api", Api("POST", "/api/routes/d.example/user/d", """{"target":"http://127.0.0.1:9"}""")) with { To = ProxyPort.Api, ShowsRoutes = true },
        AmongHosts("host-api-all", Api("GET", "/api/routes")) with { To = ProxyPort.Api },
        AmongHosts("host-api-root", Api("POST", "/api/routes/e.example", """{"target":"http://127.0.0.1:9"}""")) with { To = ProxyPort.Api, ShowsRoutes = true },
        AmongHosts("host-socket", "GET /user/a HTTP/1.1\r\nHost: a.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n") with
        {
            Answer = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
            Then = "x!",
        },
    ];

    private static Exchange Case(string name, string target) => Whole(name, Get(target));

    private static Exchange Whole(string name, string request) => new(name, request);

    private static Exchange Host(string name, string host, string target) => AmongHosts(name, $"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n");

    private static Exchange AmongHosts(string name, string request) => new(name, request)
    {
        Options = ProxyOptions.Hosts,
        Routes = [("/a.example/user/a", "{A}"), ("/b.example/user/b", "{B}")],
    };
}
