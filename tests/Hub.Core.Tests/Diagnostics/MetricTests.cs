using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Diagnostics.Exposition;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Tests.Diagnostics;

public sealed class MetricTests
{
    [Fact]
    public void Histograms_are_cumulative_and_end_with_infinity()
    {
        using var metrics = new HubMetrics(new MetricSettings { StopBuckets = [1, 2.5] }, TimeProvider.System);
        using var collector = new MetricCollector(metrics);
        collector.Start();
        metrics.Ticked(TimeSpan.FromSeconds(0.05));
        metrics.Ticked(TimeSpan.FromSeconds(0.06));
        metrics.Ticked(TimeSpan.FromSeconds(60));
        var text = collector.Write();

        Assert.Contains("# TYPE jupyterhub_event_loop_interval_seconds histogram\n", text, StringComparison.Ordinal);
        Assert.Contains("jupyterhub_event_loop_interval_seconds_bucket{le=\"0.05\"} 1.0\n", text, StringComparison.Ordinal);
        Assert.Contains("jupyterhub_event_loop_interval_seconds_bucket{le=\"0.055\"} 1.0\n", text, StringComparison.Ordinal);
        Assert.Contains("jupyterhub_event_loop_interval_seconds_bucket{le=\"0.06\"} 2.0\n", text, StringComparison.Ordinal);
        Assert.Contains("jupyterhub_event_loop_interval_seconds_bucket{le=\"1.0\"} 2.0\n", text, StringComparison.Ordinal);
        Assert.Contains("jupyterhub_event_loop_interval_seconds_bucket{le=\"+Inf\"} 3.0\n", text, StringComparison.Ordinal);
        Assert.Contains("jupyterhub_event_loop_interval_seconds_sum 60.11\n", text, StringComparison.Ordinal);
        Assert.Contains("jupyterhub_event_loop_interval_seconds_count 3.0\n", text, StringComparison.Ordinal);
        Assert.Contains("jupyterhub_server_stop_seconds_bucket{status=\"failure\",le=\"2.5\"} 0.0\njupyterhub_server_stop_seconds_bucket{status=\"failure\",le=\"+Inf\"} 0.0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_hubs_in_one_process_count_for_themselves()
    {
        using var one = new HubMetrics(new MetricSettings(), TimeProvider.System);
        using var other = new HubMetrics(new MetricSettings { Prefix = "other" }, TimeProvider.System);
        using var collector = new MetricCollector(one);
        using var otherCollector = new MetricCollector(other);
        collector.Start();
        otherCollector.Start();
        one.CspReported();

        Assert.Contains("\njupyterhub_csp_reports_total 1.0\n", collector.Write(), StringComparison.Ordinal);
        Assert.Contains("\nother_csp_reports_total 0.0\n", otherCollector.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_labels_cannot_break_the_text()
    {
        using var metrics = new HubMetrics(new MetricSettings(), TimeProvider.System);
        using var collector = new MetricCollector(metrics);
        collector.Start();
        metrics.Spawned("a\"b\\c\nd", "", metrics.Now);

        Assert.Contains("{status=\"a\\\"b\\\\c\\nd\",reason=\"\"}", collector.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_without_bound_end_in_one_series()
    {
        var metric = new CollectedMetric(MetricDefinitions.LoginDuration, [1]);
        for (var index = 0; index < 5000; index++)
        {
            metric.Find([new("status", $"{index}")]).Record(0);
        }

        Assert.Equal(2001, metric.Series.Count());
        Assert.Equal(5000, metric.Series.Sum(series => series.Value.Cumulated()[^1]));
    }

    [Fact]
    public void Many_threads_lose_nothing()
    {
        var series = new MetricSeries([1]);
        Parallel.For(0, 100_000, _ => series.Record(0.5));
        Assert.Equal([100_000, 100_000], series.Cumulated());
        Assert.Equal(50_000, series.Sum);
    }

    [Fact]
    public void A_request_costs_no_memory()
    {
        using var metrics = new HubMetrics(new MetricSettings(), TimeProvider.System);
        using var collector = new MetricCollector(metrics);
        collector.Start();
        Measure(1000);

        Assert.Equal(0, Measure(1000));

        long Measure(int times)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var index = 0; index < times; index++)
            {
                metrics.Requested("GET", "/hub/api/user", 200, metrics.Now);
                using var span = HubTrace.IsWanted ? HubTrace.Request("GET", "/hub/api/user") : null;
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Theory]
    [InlineData("GET", "GET")]
    [InlineData("get", "other")]
    [InlineData("BREW", "other")]
    public void Methods_that_are_made_up_have_one_label(string method, string label) => Assert.Equal(label, RequestLabels.Method(method));

    [Theory]
    [InlineData(200, "200")]
    [InlineData(599, "599")]
    [InlineData(600, "other")]
    [InlineData(-1, "other")]
    public void Statuses_have_labels(int status, string label) => Assert.Equal(label, RequestLabels.Code(status));

    [Theory]
    [InlineData(10, 50)]
    [InlineData(99, 50)]
    [InlineData(100, 50)]
    [InlineData(1050, 1000)]
    public void A_tick_that_is_late_tells_by_how_much(int elapsed, int delay) =>
        Assert.Equal(TimeSpan.FromMilliseconds(delay), HubPulse.DelayOf(TimeSpan.FromMilliseconds(elapsed)));

    [Fact]
    public void An_operator_chooses_prefix_and_buckets()
    {
        var settings = Read(new() { ["JUPYTERHUB_METRICS_PREFIX"] = "hub_a", ["JUPYTERHUB_SERVER_SPAWN_DURATION_SECONDS_BUCKETS"] = " 1, 2.5,inf" });
        Assert.Equal("hub_a", settings.Prefix);
        Assert.Equal([1, 2.5], settings.SpawnBuckets);
        Assert.Equal(MetricDefinitions.StopDuration.Buckets, settings.StopBuckets);
        Assert.Equal(MetricDefinition.Prefix, Read([]).Prefix);
    }

    [Theory]
    [InlineData("JUPYTERHUB_METRICS_PREFIX", "1a")]
    [InlineData("JUPYTERHUB_METRICS_PREFIX", "a b")]
    [InlineData("JUPYTERHUB_SERVER_STOP_DURATION_SECONDS_BUCKETS", "1,x")]
    [InlineData("JUPYTERHUB_SERVER_STOP_DURATION_SECONDS_BUCKETS", "2,1")]
    [InlineData("JUPYTERHUB_SERVER_SPAWN_DURATION_SECONDS_BUCKETS", "1,,2")]
    [InlineData("JUPYTERHUB_SERVER_SPAWN_DURATION_SECONDS_BUCKETS", "nan")]
    public void What_cannot_be_read_stops_the_start(string name, string value) =>
        Assert.Contains(name, Assert.Throws<HubStartupException>(() => Read(new() { [name] = value })).Message, StringComparison.Ordinal);

    private static MetricSettings Read(Dictionary<string, string> environment) => MetricSettings.Read(environment.GetValueOrDefault);
}
