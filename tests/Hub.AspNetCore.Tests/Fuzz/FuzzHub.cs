using System.Globalization;
using JupyterHub.AspNetCore.Api.OpenApi;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Spawning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>A hub with something of everything in it, requesters of every kind, and servers that cost nothing.</summary>
internal sealed class FuzzHub : IAsyncDisposable
{
    /// <summary>Names the service that may do everything; requests never name it, so they cannot take anything from it.</summary>
    private const string Admin = "fuzzer";
    private const string AdminToken = "fuzzer-token-0123456789abcdef";

    private static readonly (string Method, string Target, string Body)[] World =
    [
        ("POST", "users", """{"usernames": ["ada", "grace", "edsger", "u0", "u1", "u2", "u3"]}"""),
        ("POST", "groups", """{"groups": ["g0", "g1", "g2", "g3"]}"""),
        ("POST", "groups/g1/users", """{"users": ["ada", "u1"]}"""),
        ("POST", "roles/role0", "{}"),
        ("POST", "roles/role1", """{"scopes": ["read:users!user=ada"], "users": ["grace", "u0"], "groups": ["g1"]}"""),
        ("PUT", "roles/role1/users/ada", "{}"),
        ("PUT", "roles/role1/groups/g2", "{}"),
        ("PUT", "roles/role1/services/s1", "{}"),
        ("POST", "services/s0", """{"display": false}"""),
        ("POST", "services/s1", """{"display": false}"""),
        ("POST", "users/ada/server", "{}"),
        ("POST", "users/ada/servers/lab", "{}"),
        ("POST", "users/u0/server", "{}"),
        ("PUT", "users/u0/servers/n1", "{}"),
        ("PUT", "users/grace/servers/n0", "{}"),
        ("PUT", "users/grace/servers/lab", "{}"),
        ("POST", "shares/ada/lab", """{"user": "grace"}"""),
        ("POST", "shares/ada/lab", """{"user": "u0"}"""),
        ("POST", "shares/ada/lab", """{"group": "g1"}"""),
        ("POST", "shares/grace/lab", """{"user": "ada"}"""),
        ("POST", "share-codes/ada/lab", "{}"),
        ("POST", "users/ada/tokens", "{}"),
        ("POST", "users/u0/tokens", "{}"),
    ];

    private readonly WebApplication upstream;

    private FuzzHub(WebApplication upstream, HubHost host, FuzzLogs logs)
    {
        (this.upstream, Host, Logs) = (upstream, host, logs);
        Names = new FuzzNames(new Uri(upstream.Urls.First()));
        Check = new AnswerCheck(host.Get<HubRouteTable>(), host.Get<OpenApiDocument>().Json);
    }

    public HubHost Host { get; }

    public FuzzLogs Logs { get; }

    public FuzzNames Names { get; }

    public AnswerCheck Check { get; }

    /// <summary>Tokens and cookies of people whom no request names, so that they stay good; the mightiest first.</summary>
    public List<string> Tokens { get; } = [AdminToken];

    /// <summary>Header lines that make a request somebody's.</summary>
    public List<string> Credentials { get; } = [];

    /// <summary>What no log may hold.</summary>
    public IEnumerable<string> Secrets => [.. Tokens, .. Names.Secrets, HubHost.Password];

    public static async Task<FuzzHub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var upstream = builder.Build();
        upstream.Run(context => context.Response.WriteAsync("{}"));
        await upstream.StartAsync();
        var logs = new FuzzLogs();
        var host = await HubHost.StartAsync(setup => Configure(setup, new InstantSpawner.Upstream(new Uri(upstream.Urls.First())), logs));
        var hub = new FuzzHub(upstream, host, logs);
        await hub.PopulateAsync();
        await hub.SignInAsync();
        return hub;
    }

    public RequestMaker Requests() =>
        new(Host.Get<HubRouteTable>(), Host.Get<OpenApiDocument>().Json["components"]!["schemas"]!.AsObject(), Names, Credentials, Tokens);

    public async Task<int> StatusAsync(string method, string target, string? body = null)
    {
        using var answer = await Host.SendAsync(method, $"/hub/api/{target}", AdminToken, body is null ? null : Answers.Json(body));
        return (int)answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await upstream.DisposeAsync();
        Logs.Dispose();
    }

    private static void Configure(HubSetup setup, InstantSpawner.Upstream servers, FuzzLogs logs)
    {
        setup.Hub = hub => hub.AllowNamedServers = true;
        setup.Services = builder => builder.Logging.AddProvider(logs)
            .SetMinimumLevel(LogLevel.Information)
            .AddFilter("JupyterHub", LogLevel.Trace)

            // As hubs that own their listener have it (ListenOnBindUrl): the platform would log every query.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        setup.Builder = builder =>
        {
            builder.Services.AddSingleton(servers);
            builder.AddSpawner<InstantSpawner, SpawnerOptions>("instant");
            builder.AddHubService(Admin, service => service.ApiToken = new HubSecret(AdminToken));
            builder.AddRole("fuzzing", role => role.Services(Admin).Scopes(
                "admin-ui", "admin:users", "admin:servers", "admin:groups", "admin:services", "admin:auth_state", "admin:server_state", "tokens", "list:users", "list:groups", "list:services",
                "read:roles", "read:hub", "read:metrics", "proxy", "shares", "users:shares", "groups:shares", "access:servers", "access:services", "users:activity"));
        };
    }

    /// <summary>Makes what requests meet, as far as it is not there.</summary>
    public async Task PopulateAsync()
    {
        foreach (var (method, target, body) in World)
        {
            using var answer = await Host.SendAsync(method, $"/hub/api/{target}", AdminToken, Answers.Json(body));
            Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{target}: {await answer.TextAsync()}");
        }
    }

    private async Task SignInAsync()
    {
        Tokens.Add(await Host.Data.UserTokenAsync("root"));
        Tokens.Add(await Host.Data.UserTokenAsync("plain"));
        Tokens.Add(await Host.Data.UserTokenAsync("narrow", "read:users!user", "servers!server=narrow/n1", "access:servers!user"));
        Tokens.Add(await Host.Data.ServiceTokenAsync("limited", "admin:users!group=g1", "admin:groups!group=g1", "list:users!user=ada", "shares!server=ada/lab", "read:services!service=s1"));
        Credentials.AddRange(Tokens.Select((token, index) => string.Create(CultureInfo.InvariantCulture, $"Authorization: {(index % 2 == 0 ? "token" : "Bearer")} {token}\r\n")));
        var browser = await Host.SignInAsync("signed-in");
        Credentials.Add($"Cookie: {browser.CookieHeader("/hub/")}\r\nX-XSRFToken: {browser.Cookie("_xsrf")}\r\n");
        Tokens.Add(browser.Cookie("jupyterhub-hub-login")!);
        Credentials.Add("");
    }
}
