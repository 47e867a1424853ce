using static JupyterHub.Proxy.Tests.Differential.Wire;

namespace JupyterHub.Proxy.Tests.Differential.Cases;

/// <summary>What options of the command line change.</summary>
internal static class OptionCases
{
    public static IEnumerable<Exchange> All => [.. Origin, .. Rewriting, .. Errors, .. Tls];

    private static IEnumerable<Exchange> Origin =>
    [
        Of(ProxyOptions.OtherOrigin, "origin-changed", Get("/user/a/x")),
        Of(ProxyOptions.OtherOrigin, "origin-changed-forwarded-host", Get("/user/a/x", "X-Forwarded-Host: public.example")),
        Of(ProxyOptions.OtherOrigin, "origin-changed-name", Get("/user/a/x")) with { Routes = [("/user/a", "http://localhost:{A.port}")] },
        Of(ProxyOptions.OtherOrigin, "custom-header", Get("/user/a/x", "X-Custom: mine", "Accept: text/html")),
        Of(ProxyOptions.OtherOrigin, "custom-header-post", Send("POST", "/user/a/x", "hello")),
        Of(ProxyOptions.OtherOrigin, "custom-header-socket", UpgradeCases.Request("/user/a/ws")) with { Answer = UpgradeCases.Accepting, Then = "x!" },
        Of(ProxyOptions.OtherOrigin, "origin-changed-location", Get("/user/a/x")) with { Answer = Response("302 Found", "", "Location: {A}/x") },
    ];

    private static IEnumerable<Exchange> Rewriting =>
    [
        .. from options in (ProxyOptions[])[ProxyOptions.RewritesHost, ProxyOptions.RewritesScheme]
           from location in ((string Name, string Value)[])
           [
               ("target", "{A}/user/a/y?z#f"), ("path", "/user/a/y"), ("other", "http://other.example/y"), ("other-port", "http://127.0.0.1:9/y"),
               ("https", "https://127.0.0.1:{A.port}/y"), ("no-scheme", "//127.0.0.1:{A.port}/y"), ("bare", "{A}"), ("capitals", "HTTP://127.0.0.1:{A.port}/Y"),
               ("userinfo", "http://u:p@127.0.0.1:{A.port}/y"), ("odd-path", "{A}/a b/%7e/../x//y"), ("empty", ""),
           ]
           select Of(options, $"location-{options.Name}-{location.Name}", Get("/user/a/x")) with { Answer = Response("302 Found", "", "Location: " + location.Value) },
        .. from status in (string[])["200 OK", "201 Created", "301 Moved Permanently", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
           select Of(ProxyOptions.RewritesHost, "location-rewrites-host-" + status[..3], Get("/user/a/x")) with { Answer = Response(status, "", "Location: {A}/y") },
        Of(ProxyOptions.RewritesHost, "location-no-host", "GET /user/a HTTP/1.0\r\n\r\n") with { Answer = Response("302 Found", "", "Location: {A}/y") },
        Of(ProxyOptions.RewritesHost, "location-relative-to-forwarded-host", Get("/user/a", "X-Forwarded-Host: public.example")) with { Answer = Response("302 Found", "", "Location: {A}/y") },
    ];

    private static IEnumerable<Exchange> Errors =>
    [
        Of(ProxyOptions.ErrorPath, "error-path-404", Get("/nothing")),
        Of(ProxyOptions.ErrorPath, "error-path-503", Get("/user/a")) with { Routes = [("/user/a", "{nobody}")] },
        Of(ProxyOptions.ErrorPath, "error-path-server-404", Get("/user/a")) with { Answer = Response("404 Not Found", "own") },
        Of(ProxyOptions.ErrorPath, "error-path-head", Head("HEAD /nothing HTTP/1.1", [])),
        Of(ProxyOptions.ErrorPath, "error-path-post", Send("POST", "/nothing", "hello")),
        Of(ProxyOptions.ErrorPath, "error-path-bad-percent", Get("/user/a/%zz")),
        Of(ProxyOptions.ErrorPath, "proxy-timeout", Get("/user/a")) with { Answer = new("") },
        Of(ProxyOptions.ErrorTarget, "error-target-404", Get("/nothing?x=y&z=%20")),
        Of(ProxyOptions.ErrorTarget, "error-target-404-encoded", Get("/%C3%A9/a%2Fb/c+d@e~'()")),
        Of(ProxyOptions.ErrorTarget, "error-target-404-cookie", Get("/nothing", "Cookie: secret=1", "Authorization: token x", "X-Own: y")),
        Of(ProxyOptions.ErrorTarget, "error-target-404-post", Send("POST", "/nothing", "hello")),
        Of(ProxyOptions.ErrorTarget, "error-target-404-head", Head("HEAD /nothing HTTP/1.1", [])),
        Of(ProxyOptions.ErrorTarget, "error-target-503", Get("/user/a/x")) with { Routes = [("/user/a", "{nobody}")] },
        Of(ProxyOptions.ErrorTarget, "error-target-reset", Get("/user/a/x")) with { Answer = new("") { Resets = true } },
        Of(ProxyOptions.ErrorTarget, "error-target-server-503", Get("/user/a/x")) with { Answer = Response("503 Service Unavailable", "own") },
        Of(ProxyOptions.ErrorTarget, "error-target-bad-percent", Get("/%zz")),
        Of(ProxyOptions.ErrorTarget, "error-target-socket", UpgradeCases.Request("/nothing")),
        Of(ProxyOptions.ErrorTargetDown, "error-target-down-404", Get("/nothing")),
        Of(ProxyOptions.ErrorTargetDown, "error-target-down-503", Get("/user/a")) with { Routes = [("/user/a", "{nobody}")] },
        Of(ProxyOptions.Hosts, "default-target", Get("/anything?x")) with { Routes = [] },
        Of(ProxyOptions.Hosts, "default-target-listed", Api("GET", "/api/routes")) with { To = ProxyPort.Api, Routes = [] },
    ];

    private static IEnumerable<Exchange> Tls =>
    [
        Of(ProxyOptions.Tls, "tls-forwarded", Get("/user/a/x")),
        Of(ProxyOptions.Tls, "tls-forwarded-no-port", "GET /user/a HTTP/1.1\r\nHost: hub.example\r\n\r\n"),
        Of(ProxyOptions.Tls, "tls-socket", UpgradeCases.Request("/user/a/ws")) with { Answer = UpgradeCases.Accepting, Then = "x!" },
        Of(ProxyOptions.Tls, "tls-location", Get("/user/a")) with { Answer = Response("302 Found", "", "Location: {A}/y") },
        Of(ProxyOptions.Tls, "tls-api-is-plain", Api("GET", "/api/routes")) with { To = ProxyPort.Api },
        Of(ProxyOptions.Tls, "redirect", Get("/user/a/x?y=%20")) with { To = ProxyPort.Redirect },
        Of(ProxyOptions.Tls, "redirect-host-without-port", "GET / HTTP/1.1\r\nHost: hub.example\r\n\r\n") with { To = ProxyPort.Redirect },
        Of(ProxyOptions.Tls, "redirect-post", Send("POST", "/x", "hello")) with { To = ProxyPort.Redirect },
        Of(ProxyOptions.Tls, "redirect-no-host", "GET /x HTTP/1.0\r\n\r\n") with { To = ProxyPort.Redirect },
        Of(ProxyOptions.Tls, "redirect-double-slash", Get("//evil.example/x")) with { To = ProxyPort.Redirect },
        Of(ProxyOptions.Tls, "redirect-health", Get("/_chp_healthz")) with { To = ProxyPort.Redirect },
        Of(ProxyOptions.Tls, "redirect-absolute", Get("http://hub.example:8000/x")) with { To = ProxyPort.Redirect },
        Of(ProxyOptions.Tls, "redirect-ipv6", "GET /x HTTP/1.1\r\nHost: [::1]:80\r\n\r\n") with { To = ProxyPort.Redirect },
    ];

    private static Exchange Of(ProxyOptions options, string name, string request) => new(name, request) { Options = options };
}
