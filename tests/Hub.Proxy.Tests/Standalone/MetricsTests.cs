using System.Net;
using JupyterHub.Proxy.Standalone.Listening;
using JupyterHub.Proxy.Standalone.Metrics;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Standalone;

public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_have_the_names_of_the_original()
    {
        await using var host = await StandaloneHost.StartAsync(settings => settings with { Metrics = new ListenAddress("127.0.0.1", 0) });
        using var client = StandaloneHost.Client(host.Proxy.MetricsAddresses.Single());
        await host.RouteAsync("/user/ada", new Uri("http://127.0.0.1:1"));
        await host.ListAsync();
        await host.DeleteAsync("/nobody");
        using var missing = await host.Public.GetAsync(new Uri("/nobody", UriKind.Relative));
        using var dead = await host.Public.GetAsync(new Uri("/user/ada", UriKind.Relative));

        // An answer is counted when all of it was sent, and may have arrived by then.
        await Eventually.TrueAsync("the last answer to be counted", async () =>
            (await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Contains("requests_proxy{status=\"503\"} ", StringComparison.Ordinal));
        using var response = await client.GetAsync(new Uri("/metrics", UriKind.Relative));
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n');

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        foreach (var line in new[]
        {
            "api_route_get 1", "api_route_add 1", "api_route_delete 1", "requests_ws 0", "requests_web 2", "find_target_for_req_count 2",
            "requests_proxy{status=\"404\"} 1", "requests_proxy{status=\"503\"} 1",
            "requests_api{status=\"200\"} 1", "requests_api{status=\"201\"} 1", "requests_api{status=\"404\"} 1", "hub_proxy_routes 1",
        })
        {
            Assert.Contains(line, lines);
        }

        using var other = await client.GetAsync(new Uri("/other", UriKind.Relative));
        Assert.Equal((HttpStatusCode.NotFound, "Not Found"), (other.StatusCode, await other.Content.ReadAsStringAsync()));
    }

    [Fact]
    public void Quantiles_are_right_within_an_eighth()
    {
        var summary = new DurationSummary();
        for (var milliseconds = 1; milliseconds <= 1000; milliseconds++)
        {
            summary.Observe(TimeSpan.FromMilliseconds(milliseconds));
        }

        Assert.Equal(1000, summary.Count);
        Assert.Equal(500.5, summary.Sum, 3);
        Assert.InRange(summary.Quantile(0.5), 0.5, 0.5 * 1.13);
        Assert.InRange(summary.Quantile(0.99), 0.99, 0.99 * 1.13);
        Assert.Equal(0, new DurationSummary().Quantile(0.5));
    }
}
