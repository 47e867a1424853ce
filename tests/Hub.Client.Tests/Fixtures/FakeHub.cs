using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Client.Tests.Fixtures;

/// <summary>Something at a hub's address that answers whatever a test wants, such as what no hub should.</summary>
internal sealed class FakeHub : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeHub(WebApplication app) => this.app = app;

    public Func<HttpContext, Task> Answer { get; set; } = context => Task.CompletedTask;

    /// <summary>Method and raw target of each request so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public string ApiUrl => app.Urls.First() + "/hub/api";

    public static async Task<FakeHub> StartAsync(Func<HttpContext, Task>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var hub = new FakeHub(builder.Build());
        hub.Answer = answer ?? hub.Answer;
        hub.app.Run(context =>
        {
            hub.Requests.Enqueue($"{context.Request.Method} {context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}");
            return hub.Answer(context);
        });
        await hub.app.StartAsync();
        return hub;
    }

    public static Func<HttpContext, Task> Says(string json, int status = 200) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    };

    /// <summary>A client of it, with the connections that the package makes.</summary>
    public JupyterHubClient Client(Action<JupyterHubClientOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddJupyterHubClient(options =>
        {
            (options.ApiUrl, options.ApiToken) = (ApiUrl, "the-secret-token");
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider().GetRequiredService<JupyterHubClient>();
    }

    public Task StopAsync() => app.StopAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
