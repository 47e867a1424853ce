using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;
using JupyterHub.Proxy.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Tests.Forwarding;

/// <summary>The options by which requests and redirects are changed on their way.</summary>
public class RewritingTests : ForwardingTest
{
    [Theory]
    [InlineData("", "/user/ada/x?q=%2F", true, true, "/user/ada/x?q=%2F")]
    [InlineData("/base", "/user/ada/x?q=%2F", true, true, "/base/user/ada/x?q=%2F")]
    [InlineData("/base/", "/user/ada//x", true, true, "/base/user/ada//x")]
    [InlineData("/base", "/user/ada/x", false, true, "/user/ada/x")]
    [InlineData("", "/user/ada/x/y?q", true, false, "/x/y?q")]
    [InlineData("", "/user/ada/", true, false, "/")]
    [InlineData("", "/user/ada", true, false, "/")]
    [InlineData("", "/user/ada?q=/", true, false, "/?q=/")]
    [InlineData("", "/user/%61da/%78", true, false, "/%78")]
    [InlineData("/base", "/user/ada/x", true, false, "/base/x")]
    public async Task Paths(string targetPath, string asked, bool prepends, bool includes, string received)
    {
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var proxy = await StartAsync(options => options with { PrependsTargetPath = prepends, IncludesPrefix = includes });
        Route(proxy, new Uri(ada.Url, targetPath));
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync($"GET {asked} HTTP/1.0\r\nHost: hub\r\n\r\n");
        Assert.EndsWith($"ada GET {received}", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_host_can_be_the_targets(bool changes)
    {
        await using var ada = await UpstreamServer.StartAsync(context => context.Response.WriteAsync($"{context.Request.Host} {context.Request.Headers["X-Forwarded-Host"]}"));
        await using var proxy = await StartAsync(options => options with { ChangesOrigin = changes });
        Route(proxy, ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.0\r\nHost: hub.example\r\n\r\n");
        Assert.EndsWith($"\r\n\r\n{(changes ? ada.Url.Authority : "hub.example")} hub.example", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(302, "http://{target}/x?y=http://{target}/#z", true, null, "http://hub.example:8000/x?y=http://{target}/#z")]
    [InlineData(201, "http://{target}", true, "https", "https://hub.example:8000")]
    [InlineData(301, "http://{target}/x", false, "https", "https://{target}/x")]
    [InlineData(307, "HTTP://{target}/x", true, null, "HTTP://hub.example:8000/x")]
    [InlineData(308, "http://{target}/x%2Fy", true, null, "http://hub.example:8000/x%2Fy")]
    [InlineData(303, "http://{target}/x", true, "https", "http://{target}/x")]
    [InlineData(200, "http://{target}/x", true, "https", "http://{target}/x")]
    [InlineData(302, "http://{target}1/x", true, "https", "http://{target}1/x")]
    [InlineData(302, "http://other/x", true, "https", "http://other/x")]
    [InlineData(302, "/x", true, "https", "/x")]
    [InlineData(302, "//{target}/x", true, "https", "//{target}/x")]
    [InlineData(302, "http://{target}/x", false, null, "http://{target}/x")]
    public async Task Redirects_to_the_target_can_name_the_clients_way(int status, string location, bool rewrites, string? scheme, string seen)
    {
        UpstreamServer? ada = null;
        ada = await UpstreamServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = location.Replace("{target}", ada!.Url.Authority, StringComparison.Ordinal);
            return Task.CompletedTask;
        });
        await using var server = ada;
        await using var proxy = await StartAsync(options => options with { RewritesRedirects = rewrites, RedirectScheme = scheme });
        Route(proxy, ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub.example:8000\r\n\r\n");
        Assert.Contains($"\r\nLocation: {seen.Replace("{target}", ada.Url.Authority, StringComparison.Ordinal)}\r\n", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_can_be_added_in_place_of_the_clients()
    {
        await using var ada = await UpstreamServer.StartAsync(Describe);
        await using var proxy = await StartAsync(options => options with { CustomHeaders = [new("X-One", "1"), new("X-Forwarded-Proto", "https")] });
        Route(proxy, ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.0\r\nHost: hub\r\nX-One: 2\r\nX-Two: 2\r\nConnection: X-One\r\n\r\n");
        Assert.EndsWith("\r\n\r\nX-Forwarded-For=127.0.0.1 X-Forwarded-Host=hub X-Forwarded-Port=80 X-Forwarded-Proto=https X-One=1 X-Two=2", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("X Y", "x")]
    [InlineData("X-A", "a\r\nX-B: c")]
    [InlineData("Host", "x")]
    [InlineData("Content-Length", "1")]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("X-Good", "again")]
    public void Headers_that_would_break_requests_are_refused(string name, string value) =>
        Assert.Throws<ArgumentException>(() => CustomHeadersCheck.Check([new("X-Good", "1"), new(name, value)]));

    private static Task Describe(HttpContext context) => context.Response.WriteAsync(string.Join(' ', context.Request.Headers
        .Where(header => header.Key.StartsWith("X-", StringComparison.Ordinal))
        .OrderBy(header => header.Key, StringComparer.Ordinal)
        .Select(header => $"{header.Key}={header.Value}")));

    private Task<ProxyHost> StartAsync(Func<ForwardingOptions, ForwardingOptions> change) => StartProxyAsync(setup => setup.Forwarding = change);

    // The hub's own targets are origins; a proxy that stands alone has others, too.
    private static void Route(ProxyHost proxy, Uri target)
    {
        var routespec = Routespec.Parse("/user/ada/");
        proxy.Proxy.Routes.Set(routespec, existing => new RouteEntry(routespec, UpstreamTarget.Of(target), [], TimeProvider.System, existing));
    }
}
