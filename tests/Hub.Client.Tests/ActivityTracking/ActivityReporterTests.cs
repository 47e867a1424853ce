using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using JupyterHub.Client.ActivityTracking;
using JupyterHub.Client.Tests.Fixtures;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Client.Tests.ActivityTracking;

public sealed class ActivityReporterTests
{
    [Fact]
    public async Task Activity_is_reported_at_the_start_and_when_there_was_some_also_after_failures()
    {
        var reports = new ConcurrentQueue<JsonNode>();
        var failures = 2;
        await using var hub = await FakeHub.StartAsync(async context =>
        {
            if (context.Request.Path != "/hub/api/users/ada/activity" || context.Request.Headers.Authorization != $"token {HubApp.ApiToken}")
            {
                await FakeHub.Says("""{"name": "ada", "scopes": ["access:services"]}""")(context);
                return;
            }

            if (failures-- > 0)
            {
                context.Response.StatusCode = 503;
                return;
            }

            reports.Enqueue((await JsonNode.ParseAsync(context.Request.Body))!);
        });
        await using var app = await HubApp.StartAsync(
            hub.ApiUrl,
            more: [("JUPYTERHUB_ACTIVITY_URL", hub.ApiUrl + "/users/ada/activity"), ("JUPYTERHUB_ACTIVITY_INTERVAL", "0.05"), ("JUPYTERHUB_SERVER_NAME", "lab")]);
        await Eventually.TrueAsync("the start is reported", () => reports.Count == 1);
        var first = TimeOf(reports.First());
        using var http = new HttpClient();
        await http.GetStringAsync(new Uri(app.Address, "/services/probe/open"));

        http.DefaultRequestHeaders.Authorization = new("token", "token-1");
        using var visit = await http.GetAsync(new Uri(app.Address, "/services/probe/me"));
        Assert.True(visit.IsSuccessStatusCode, string.Join('\n', app.Log.Lines));

        await Eventually.TrueAsync("the visit is reported", () => reports.Count == 2);
        var last = reports.Last();
        Assert.True(TimeOf(last) > first);
        Assert.Equal(app.Services.GetRequiredService<HubActivity>().Last, TimeOf(last), TimeSpan.FromMilliseconds(1));
        Assert.Equal(last["last_activity"]!.GetValue<string>(), last["servers"]!["lab"]!["last_activity"]!.GetValue<string>());
        Assert.Contains(app.Log.Lines, line => line.Contains("Activity was not reported", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "1")]
    [InlineData("given", "0")]
    public async Task Nothing_is_reported_where_nobody_asks(string? url, string interval)
    {
        await using var hub = await FakeHub.StartAsync();
        await using (await HubApp.StartAsync(
            hub.ApiUrl, more: [("JUPYTERHUB_ACTIVITY_URL", url is null ? null : hub.ApiUrl + "/users/ada/activity"), ("JUPYTERHUB_ACTIVITY_INTERVAL", interval)]))
        {
        }

        Assert.Empty(hub.Requests);
    }

    private static DateTimeOffset TimeOf(JsonNode report) => DateTimeOffset.Parse(report["last_activity"]!.GetValue<string>(), null);
}
