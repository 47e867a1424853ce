using JupyterHub.AspNetCore.Tests.Fixtures;
using JupyterHub.Core.Services;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Tests.Services;

/// <summary>Whether services answer is told when it changes, and only then.</summary>
public sealed class ServiceHealthTests
{
    private const int Silent = 1311;
    private const int Back = 1312;

    [Fact]
    public async Task A_change_is_told_once()
    {
        var logs = new CapturedLogs();
        // A port that nobody takes while it is silent.
        var url = $"http://127.0.0.1:{FreePort.Find()}";
        var service = await AnswerAsync(url);
        await using var host = await HubHost.StartAsync(setup =>
        {
            setup.Logs = logs;
            setup.Hub = hub => hub.ServiceCheckInterval = 0;
            setup.Builder = hub => hub.AddHubService("outside", outside => outside.Url = url);
        });
        var health = host.Get<ServiceHealth>();

        await health.CheckAsync(CancellationToken.None);
        Assert.Empty(Told(logs));
        await service.DisposeAsync();
        await health.CheckAsync(CancellationToken.None);
        await health.CheckAsync(CancellationToken.None);
        Assert.Equal([Silent], Told(logs));

        await using var again = await AnswerAsync(url);
        await health.CheckAsync(CancellationToken.None);
        await health.CheckAsync(CancellationToken.None);
        Assert.Equal([Silent, Back], Told(logs));
    }

    [Fact]
    public async Task One_that_is_silent_at_the_start_is_told_and_keeps_no_hub_from_starting()
    {
        var logs = new CapturedLogs();
        await using var host = await HubHost.StartAsync(setup =>
        {
            setup.Logs = logs;
            setup.Builder = hub => hub.AddHubService("outside", outside => outside.Url = "http://127.0.0.1:1");
        });

        await Eventually.TrueAsync("it is told", () => Told(logs) is [Silent]);
    }

    private static int[] Told(CapturedLogs logs) => [.. logs.Lines.Select(line => line.EventId).Where(id => id is Silent or Back)];

    private static async Task<WebApplication> AnswerAsync(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync("hello"));
        await app.StartAsync();
        return app;
    }
}
