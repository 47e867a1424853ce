using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;

namespace JupyterHub.IntegrationTests.Journeys;

/// <summary>Debian's JupyterHub drives <c>hub proxy</c> as if it were its own proxy.</summary>
public sealed class OriginalHubWithOurProxyTests
{
    private const string AdminToken = "admin-token-of-the-test";
    private const string Administrator = $"c.JupyterHub.services = [{{'name': 'admin', 'admin': True, 'api_token': '{AdminToken}'}}]";

    private static readonly string Command = $"c.ConfigurableHTTPProxy.command = ['{Programs.Dotnet}', '{Programs.HubTool}', 'proxy']";

    [Fact]
    public async Task A_day_with_it()
    {
        await using var hub = await OriginalHub.StartNewAsync(_ => $"""
            {Command}
            c.ConfigurableHTTPProxy.check_running_interval = 1
            {Administrator}
            """);
        Assert.Contains(Path.GetFileName(Programs.HubTool), await CommandLineAsync(hub.ProxyId), StringComparison.Ordinal);
        using var visitor = new HubVisitor(hub, "ada");

        var kernel = await NotebookVisit.ComputeAsync(visitor);
        Assert.Equal(["/", "/user/ada"], await RoutesAsync(hub));

        // A route that is lost is found missing and put back.
        using (var removed = await hub.ProxyApi.DeleteAsync(new Uri("/api/routes/user/ada", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        }

        await CheckRoutesAsync(hub);
        Assert.Equal(["/", "/user/ada"], await RoutesAsync(hub));
        Assert.Equal("43", await kernel.ExecuteAsync("answer + 1"));

        // A proxy that dies is started again by the hub, and the notebook goes on.
        await KillProxyAsync(hub);
        Assert.Equal(["/", "/user/ada"], await RoutesAsync(hub));
        Assert.Equal("44", await kernel.ExecuteAsync("answer + 2"));

        var stopped = await visitor.StopAsync();
        Assert.True(stopped.Status is HttpStatusCode.NoContent or HttpStatusCode.Accepted, stopped.Body);
        await visitor.WaitUntilStoppedAsync();
        Assert.Equal(["/"], await RoutesAsync(hub));
        await visitor.SignOutAsync();
    }

    [Fact]
    public async Task A_page_without_a_server_is_the_hubs_error_page()
    {
        await using var hub = await OriginalHub.StartNewAsync(_ => Command);
        using (var added = await hub.ProxyApi.PostAsync(new Uri("/api/routes/dead", UriKind.Relative), new StringContent($"{{\"target\": \"http://127.0.0.1:{FreePort.Find()}\"}}")))
        {
            Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        }

        using var http = new HttpClient();
        using var page = await http.GetAsync(new Uri(hub.Address, "dead/end?why"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("JupyterHub", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_speaks_TLS_and_shows_certificates()
    {
        await using var hub = await OriginalHub.StartNewAsync(_ => Command, speaksTls: true);
        Assert.Contains("--client-ssl-ca", await CommandLineAsync(hub.ProxyId), StringComparison.Ordinal);
        using var visitor = new HubVisitor(hub, "ada");

        var kernel = await NotebookVisit.ComputeAsync(visitor);

        Assert.Equal("43", await kernel.ExecuteAsync("answer + 1"));
        Assert.Equal(["/", "/user/ada"], await RoutesAsync(hub));
        using var stranger = hub.NewProxyClientWithoutCertificate();
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync(new Uri("api/routes", UriKind.Relative)));
    }

    [Fact]
    public async Task Users_have_hosts_of_their_own()
    {
        await using var hub = await OriginalHub.StartNewAsync(_ => $"""
            {Command}
            {Administrator}
            c.JupyterHub.subdomain_host = 'http://hub.example'
            """);
        Assert.Contains("--host-routing", await CommandLineAsync(hub.ProxyId), StringComparison.Ordinal);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });

        Assert.Equal(HttpStatusCode.Created, await CallAsync("hub.example", HttpMethod.Post, "hub/api/users/ada"));
        Assert.True(await CallAsync("hub.example", HttpMethod.Post, "hub/api/users/ada/server") is HttpStatusCode.Created or HttpStatusCode.Accepted, hub.Output);
        await Eventually.TrueAsync("the server has a route", async () => (await RoutesAsync(hub)).SequenceEqual(["/", "/ada.hub.example/user/ada"]));

        // The notebook tells its version to everybody; at another host the hub answers, which leads to a page of its own.
        Assert.Equal(HttpStatusCode.OK, await CallAsync("ada.hub.example", HttpMethod.Get, "user/ada/api"));
        Assert.Equal(HttpStatusCode.OK, await CallAsync("ADA.hub.example:8000", HttpMethod.Get, "user/ada/api"));
        Assert.Equal(HttpStatusCode.Found, await CallAsync("eve.hub.example", HttpMethod.Get, "user/ada/api"));

        async Task<HttpStatusCode> CallAsync(string host, HttpMethod method, string path)
        {
            using var request = new HttpRequestMessage(method, new Uri(hub.Address, path)) { Headers = { Host = host, Authorization = new("token", AdminToken) } };
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    private static async Task<string> CommandLineAsync(int process) => (await File.ReadAllTextAsync($"/proc/{process}/cmdline")).Replace('\0', ' ');

    private static async Task<IReadOnlyList<string>> RoutesAsync(OriginalHub hub) =>
        [.. JsonNode.Parse(await hub.ProxyApi.GetStringAsync(new Uri("/api/routes", UriKind.Relative)))!.AsObject().Select(route => route.Key).Order(StringComparer.Ordinal)];

    private static async Task CheckRoutesAsync(OriginalHub hub)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("token", AdminToken);
        using var answer = await http.PostAsync(new Uri(hub.Address, "hub/api/proxy"), content: null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task KillProxyAsync(OriginalHub hub)
    {
        var before = hub.ProxyId;
        using (var process = Process.GetProcessById(before))
        {
            process.Kill();
        }

        await Eventually.TrueAsync("the hub starts its proxy again", async () =>
        {
            try
            {
                return hub.ProxyId != before && (await RoutesAsync(hub)).Count == 2;
            }
            catch (Exception problem) when (problem is HttpRequestException or IOException or FormatException)
            {
                return false;
            }
        });
    }
}
