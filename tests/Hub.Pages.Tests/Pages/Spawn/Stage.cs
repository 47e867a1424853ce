using System.Collections.Concurrent;
using JupyterHub.Core.Spawning;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Pages.Tests.Pages.Spawn;

/// <summary>Servers that do what a test says; each is a page that greets its visitor.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly WebApplication server;

    private Stage(WebApplication server) => this.server = server;

    public Uri Address => new(server.Urls.First());

    /// <summary>What the spawner's code declares; null for nothing.</summary>
    public Func<StartOptionsContext, IReadOnlyList<StartOption>?> Options { get; set; } = _ => null;

    /// <summary>Runs during a start.</summary>
    public Func<SpawnRequest, CancellationToken, Task> OnStart { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Runs during a stop.</summary>
    public Func<Task> OnStop { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs while a server gets another name.</summary>
    public Func<Task> OnRename { get; set; } = () => Task.CompletedTask;

    public ConcurrentQueue<SpawnRequest> Requests { get; } = new();

    public static async Task<Stage> OpenAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync($"<!doctype html><html lang=en><title>Here</title><link rel=icon href=data:,><h1 id=here>Here</h1>");
        });
        await app.StartAsync();
        return new Stage(app);
    }

    /// <summary>A hub whose servers play on this stage.</summary>
    public Task<HubHost> HubAsync(Action<HubSetup>? configure = null) => HubHost.StartAsync(setup =>
    {
        setup.Hub = hub => hub.AllowNamedServers = true;
        setup.Builder = hub =>
        {
            hub.Services.AddSingleton(this);
            hub.AddSpawner<StageSpawner, SpawnerOptions>("stage", options => options.StartTimeout = 600);
        };
        configure?.Invoke(setup);
    });

    public async ValueTask DisposeAsync() => await server.DisposeAsync();
}
