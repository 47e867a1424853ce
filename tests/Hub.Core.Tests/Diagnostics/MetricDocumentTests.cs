using System.Diagnostics.Metrics;
using System.Globalization;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Diagnostics;

/// <summary>docs/observability.md tells the instruments that there are.</summary>
public sealed class MetricDocumentTests
{
    private const string Begin = "<!-- metrics -->\n";
    private const string End = "<!-- end -->";

    [Fact]
    public void The_table_is_made_of_the_definitions()
    {
        var path = Repository.Combine("docs", "observability.md");
        var page = File.ReadAllText(path);
        var from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = page.IndexOf(End, from, StringComparison.Ordinal);
        var expected = "| metric | kind | labels | buckets | what it measures |\n|-|-|-|-|-|\n" + string.Concat(MetricDefinitions.All.Select(Row));
        if (Environment.GetEnvironmentVariable("HUB_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, page[..from] + expected + page[to..]);
            return;
        }

        Assert.Equal(expected, page[from..to]);
    }

    [Fact]
    public async Task Every_metric_has_its_instrument()
    {
        await using var hub = await Servers.Hub.CreateAsync();
        using var gauges = new HubGauges(hub.Metrics, hub.Supervisor, hub.Database.Hub, hub.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<HubGauges>.Instance);
        await gauges.StartAsync(CancellationToken.None);
        var found = new Dictionary<string, Instrument>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (ReferenceEquals(instrument.Meter, hub.Metrics.Meter))
                {
                    found.Add(instrument.Name, instrument);
                }
            },
        };
        listener.Start();
        await gauges.StopAsync(CancellationToken.None);

        Assert.Equal(MetricDefinitions.All.Select(metric => metric.InstrumentName).Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(MetricDefinitions.All, metric =>
        {
            var instrument = found[metric.InstrumentName];
            Assert.Equal(metric.Help, instrument.Description);
            Assert.Equal(metric.Kind == MetricKind.Histogram ? "s" : null, instrument.Unit);
            Assert.Equal(metric.Kind == MetricKind.Histogram ? metric.Buckets : null, (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries);
        });
    }

    private static string Row(MetricDefinition metric) =>
        $"| `{metric.ExposedName(MetricDefinition.Prefix)}` | {metric.Kind.ToString().ToLowerInvariant()} | {string.Join(", ", metric.Labels)} | {string.Join(' ', metric.Buckets.Select(bound => bound.ToString(CultureInfo.InvariantCulture)))} | {metric.Help} |\n";
}
