using System.Security.Claims;
using JupyterHub.Client.Authentication;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Client.Tests.Fixtures;

/// <summary>An app below a hub, in the test's own process, with an environment of its own.</summary>
internal sealed class HubApp : IAsyncDisposable
{
    public const string ApiToken = "the-token-of-the-probe-0123456789";
    private readonly WebApplication app;

    private HubApp(WebApplication app, string name, int port, CapturedLines log) =>
        (this.app, Address, Prefix, Log) = (app, new Uri($"http://127.0.0.1:{port}/"), $"/services/{name}/", log);

    public Uri Address { get; }

    public string Prefix { get; }

    public CapturedLines Log { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Starts an app as the service of this name.</summary>
    public static async Task<HubApp> StartAsync(string apiUrl, string name = "probe", int? port = null, Action<JupyterHubAuthenticationOptions>? configure = null, params (string Name, string? Value)[] more)
    {
        var listens = port ?? FreePort.Find();
        var variables = new Dictionary<string, string?>
        {
            ["JUPYTERHUB_API_URL"] = apiUrl,
            ["JUPYTERHUB_API_TOKEN"] = ApiToken,
            ["JUPYTERHUB_CLIENT_ID"] = $"service-{name}",
            ["JUPYTERHUB_SERVICE_NAME"] = name,
            ["JUPYTERHUB_SERVICE_URL"] = $"http://127.0.0.1:{listens}",
            ["JUPYTERHUB_SERVICE_PREFIX"] = $"/services/{name}/",
        };
        foreach (var (key, value) in more)
        {
            variables[key] = value;
        }

        var log = new CapturedLines();
        var app = Build(variables, log, configure);
        await app.StartAsync();
        return new HubApp(app, name, listens, log);
    }

    public static WebApplication Build(IReadOnlyDictionary<string, string?> variables, CapturedLines log, Action<JupyterHubAuthenticationOptions>? configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton(new HubEnvironment(variables.GetValueOrDefault));
        builder.WebHost.UseJupyterHubServiceUrl();
        builder.Services.AddAuthentication().AddJupyterHub(configure).AddJupyterHub();
        builder.Services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        Map(app);
        return app;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/open", (ClaimsPrincipal you) => you.Identity?.Name ?? "nobody");
        app.MapGet("/link", (LinkGenerator links, HttpContext context) => links.GetPathByName(context, "me", null)).WithName("link");
        app.MapGet("/me", (HttpContext context) => string.Join('\n', context.User.Claims.Select(claim => $"{claim.Type} {claim.Value}"))).RequireAuthorization().WithName("me");
        app.MapGet("/xsrf", (HttpContext context) => context.GetHubXsrfToken()).RequireAuthorization();
        app.MapGet("/leave", (HttpContext context) => context.SignOutAsync()).RequireAuthorization();
        app.MapGet("/data", () => "data").RequireAuthorization().DisableCookieRedirect();
        app.MapPost("/change", () => "changed").RequireAuthorization();
        app.MapGet("/listing", () => "everybody").RequireHubScope("list:users");
        app.MapGet("/of/ada", () => "activity").RequireHubScope("read:users:activity!user=ada");
    }
}
