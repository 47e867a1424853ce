using System.Text.Json.Nodes;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Proxying;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>The way to services that have an address, and to sign in to them (contract 2.8, 12).</summary>
public sealed class ServiceRoutesTests : IAsyncLifetime
{
    private const string Token = "service-token-0123456789";

    private HubHost host = null!;
    private WebApplication service = null!;
    private string admin = "";

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync();
        admin = await host.Data.UserTokenAsync("root");
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddRouting();
        service = builder.Build();
        service.Urls.Add("http://127.0.0.1:0");
        service.Run(context => context.Response.WriteAsync($"here is {context.Request.Path}"));
        await service.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_service_with_an_address_is_reached_below_the_hub_until_it_is_deleted()
    {
        var model = await MakeAsync("my%20app", $$"""{"url": "{{service.Urls.First()}}"}""");
        Assert.Equal("/services/my%20app/", (string)model["prefix"]!);
        using var visit = await host.SendAsync("GET", "/services/my%20app/x");
        Assert.Equal("here is /services/my%20app/x", await visit.TextAsync());

        using var deleted = await host.SendAsync("DELETE", "/hub/api/services/my%20app", admin);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        using var afterwards = await host.SendAsync("GET", "/services/my%20app/x");
        Assert.Equal("/hub/services/my%20app/x", afterwards.Location());
    }

    [Fact]
    public async Task The_check_puts_routes_right_and_removes_those_of_services_that_are_gone()
    {
        await MakeAsync("kept", $$"""{"url": "{{service.Urls.First()}}"}""");
        var proxy = host.Get<IHubProxy>();
        await proxy.RemoveRouteAsync("/services/kept/", default);
        await proxy.AddRouteAsync(new ProxyRoute("/services/gone/", new Uri("http://127.0.0.1:9"), new() { ["service"] = "gone" }), default);
        await proxy.AddRouteAsync(new ProxyRoute("/services/foreign/", new Uri("http://127.0.0.1:9"), new() { ["service"] = "another" }), default);
        await host.Get<RouteCheck>().RunAsync(default);
        Assert.Equal(
            ["/services/foreign/", "/services/kept/"],
            (await proxy.GetRoutesAsync(default)).Select(route => route.Routespec).Where(place => place.StartsWith("/services/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        using var visit = await host.SendAsync("GET", "/services/kept/");
        Assert.Equal(HttpStatusCode.OK, visit.StatusCode);
    }

    [Fact]
    public async Task Nobody_being_there_is_no_reason_to_do_without_the_service()
    {
        await using var hasty = await HubHost.StartAsync(setup => setup.LateServices = builder => builder.Services.AddSingleton<TimeProvider>(new HastyTime()));
        using var made = await hasty.SendAsync("POST", "/hub/api/services/absent", await hasty.Data.UserTokenAsync("root"), Answers.Json("""{"url": "http://127.0.0.1:9/"}"""));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Single(await hasty.Data.ListAsync<HubService>());
        Assert.Contains(await hasty.Get<IHubProxy>().GetRoutesAsync(default), route => route.Routespec == "/services/absent/");
    }

    [Fact]
    public async Task Deletion_takes_everything_along()
    {
        var before = await ServiceTraces.CountAsync(host);
        await MakeAsync("doomed", $$"""{"admin": true, "api_token": "{{Token}}", "url": "{{service.Urls.First()}}"}""");
        var userId = (await host.Data.UserAsync("visitor")).Id;
        await host.Data.TokenAsync(new NewToken { UserId = userId, Scopes = ["inherit"], ClientId = "service-doomed" });
        await host.Data.AddAsync(new OAuthCode { ClientId = "service-doomed", Code = "c", UserId = userId, ExpiresAt = int.MaxValue });
        using var deleted = await host.SendAsync("DELETE", "/hub/api/services/doomed", admin);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal("", await deleted.TextAsync());
        Assert.Equal(before, await ServiceTraces.CountAsync(host));
        using var self = await host.SendAsync("GET", "/hub/api/user", Token);
        Assert.Equal(HttpStatusCode.Forbidden, self.StatusCode);
        using var again = await host.SendAsync("DELETE", "/hub/api/services/doomed", admin);
        Assert.Equal("Service doomed does not exist", await again.ApiErrorAsync(404));
    }

    [Fact]
    public async Task People_sign_in_to_a_service_that_was_just_made_and_not_any_more_once_it_is_gone()
    {
        await MakeAsync("app", $$"""{"url": "{{service.Urls.First()}}", "api_token": "{{Token}}", "oauth_no_confirm": true}""");
        await host.Data.GrantAsync("visitor", "access:services!service=app");
        var visitor = await host.SignInAsync("visitor");
        using var back = await visitor.GetAsync("/hub/api/oauth2/authorize?client_id=service-app&redirect_uri=/services/app/oauth_callback&response_type=code&state=s");
        Assert.StartsWith("/services/app/oauth_callback?code=", back.Location(), StringComparison.Ordinal);
        var code = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(host.Url, back.Location()).Query)["code"].ToString();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = "service-app", ["client_secret"] = Token, ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = "/services/app/oauth_callback",
        });
        using var exchanged = await host.SendAsync("POST", "/hub/api/oauth2/token", null, form);
        var accessToken = (string)(await exchanged.JsonAsync())["access_token"]!;
        using var self = await host.SendAsync("GET", "/hub/api/user", accessToken);
        Assert.Equal("visitor", (string)(await self.JsonAsync())["name"]!);

        using var deleted = await host.SendAsync("DELETE", "/hub/api/services/app", admin);
        using var ended = await host.SendAsync("GET", "/hub/api/user", accessToken);
        Assert.Equal(HttpStatusCode.Forbidden, ended.StatusCode);
        using var refused = await visitor.GetAsync("/hub/api/oauth2/authorize?client_id=service-app&redirect_uri=/services/app/oauth_callback&response_type=code&state=s");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private async Task<JsonObject> MakeAsync(string name, string body)
    {
        using var made = await host.SendAsync("POST", $"/hub/api/services/{name}", admin, Answers.Json(body));
        Assert.True(made.StatusCode == HttpStatusCode.Created, await made.TextAsync());
        return await made.JsonAsync();
    }

    /// <summary>Waits a hundredth of what it is asked to, so that patience ends soon.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

        private static TimeSpan Sooner(TimeSpan time) => time <= TimeSpan.Zero ? time : time / 100;
    }
}
