using JupyterHub.Core.Proxying;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>The proxy's routes over the API (contract 2.9).</summary>
public sealed class ProxyApiTests : IAsyncLifetime
{
    private HubHost host = null!;
    private string token = null!;

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync();
        token = await host.Data.ServiceTokenAsync("router", "proxy");
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task Routes_are_listed_by_routespec_with_the_hub_as_root()
    {
        await AddAsync("/user/zoe/");
        await AddAsync("/user/ada/");
        using var answer = await host.SendAsync("GET", "/hub/api/proxy", token);
        var routes = await answer.JsonAsync();

        Assert.Equal(["/", "/user/ada/", "/user/zoe/"], routes.Select(route => route.Key));
        Assert.Equal(["routespec", "target", "data"], routes["/"]!.AsObject().Select(member => member.Key));
        Assert.Equal(host.Url.GetLeftPart(UriPartial.Authority), (string)routes["/"]!["target"]!);
        Assert.True((bool)routes["/"]!["data"]!["hub"]!);
        Assert.Equal("http://127.0.0.1:9", (string)routes["/user/ada/"]!["target"]!);
        Assert.Equal("extra", (string)routes["/user/ada/"]!["data"]!["note"]!);
        Assert.EndsWith("Z", (string)routes["/user/ada/"]!["data"]!["last_activity"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_are_parts_of_the_object()
    {
        await AddAsync("/user/ada/");
        await AddAsync("/user/zoe/");
        using var request = host.NewRequest("GET", "/hub/api/proxy?limit=1&offset=1");
        request.Headers.TryAddWithoutValidation("Authorization", $"token {token}");
        request.Headers.TryAddWithoutValidation("Accept", "application/jupyterhub-pagination+json");
        using var answer = await host.Client.SendAsync(request);
        var page = await answer.JsonAsync();

        Assert.Equal(["/user/ada/"], page["items"]!.AsObject().Select(route => route.Key));
        Assert.Equal(3, (int)page["_pagination"]!["total"]!);
        Assert.Equal(2, (int)page["_pagination"]!["next"]!["offset"]!);
        Assert.StartsWith(host.Url.GetLeftPart(UriPartial.Authority) + "/hub/api/proxy?", (string)page["_pagination"]!["next"]!["url"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Posting_makes_routes_and_servers_agree()
    {
        await host.Data.UserAsync("ada");
        await host.StartServerAsync("ada");
        var proxy = host.Get<IHubProxy>();
        await proxy.RemoveRouteAsync("/user/ada/", CancellationToken.None);
        using var answer = await host.SendAsync("POST", "/hub/api/proxy", token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("", await answer.TextAsync());
        Assert.Contains(await proxy.GetRoutesAsync(CancellationToken.None), route => route.Routespec == "/user/ada/");
    }

    [Theory]
    [InlineData("", "need JSON body")]
    [InlineData("[]", "Request body must be JSON dict")]
    [InlineData("""{"api_url": 3}""", "api_url must be a string")]
    [InlineData("""{"auth_token": null}""", "auth_token must be a string")]
    [InlineData("""{"api_url": "http://127.0.0.1:8001"}""", "This hub's proxy runs inside of it: it has no api_url and no auth_token that could be changed.")]
    public async Task Another_proxy_is_refused(string body, string message)
    {
        using var answer = await host.SendAsync("PATCH", "/hub/api/proxy", token, Answers.Json(body));
        Assert.Equal(message, await answer.ApiErrorAsync(400));
    }

    [Fact]
    public async Task Other_keys_are_ignored_and_the_routes_checked()
    {
        using var answer = await host.SendAsync("PATCH", "/hub/api/proxy", token, Answers.Json("""{"port": 8001}"""));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task AddAsync(string routespec) => host.Get<ServerTools>().Proxy.AddRouteAsync(
        new ProxyRoute(routespec, new Uri("http://127.0.0.1:9"), new() { ["note"] = "extra" }), CancellationToken.None);
}
