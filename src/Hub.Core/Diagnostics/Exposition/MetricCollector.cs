using System.Collections.Frozen;
using System.Diagnostics.Metrics;

namespace JupyterHub.Core.Diagnostics.Exposition;

/// <summary>Listens to the hub's own meter and keeps what it measures, for those who fetch it as text.</summary>
internal sealed class MetricCollector : IDisposable
{
    private readonly HubMetrics metrics;
    private readonly MeterListener listener = new();
    private readonly FrozenDictionary<string, CollectedMetric> collected;

    public MetricCollector(HubMetrics metrics)
    {
        this.metrics = metrics;
        collected = MetricDefinitions.All.ToFrozenDictionary(
            metric => metric.InstrumentName, metric => new CollectedMetric(metric, metrics.Settings.BucketsOf(metric)), StringComparer.Ordinal);
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter) && collected.TryGetValue(instrument.Name, out var metric))
            {
                listening.EnableMeasurementEvents(instrument, metric);
            }
        };
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((CollectedMetric)state!).Find(tags).Record(value));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Count((CollectedMetric)state!, value, tags));
    }

    /// <summary>Begins to listen: what is measured before is not kept.</summary>
    public void Start() => listener.Start();

    /// <summary>Everything measured so far, in the text form of Prometheus.</summary>
    public string Write()
    {
        listener.RecordObservableInstruments();
        return PrometheusText.Write(MetricDefinitions.All.Select(metric => collected[metric.InstrumentName]), metrics.Settings.Prefix);
    }

    public void Dispose() => listener.Dispose();

    private static void Count(CollectedMetric metric, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = metric.Find(tags);
        if (metric.Definition.Kind == MetricKind.Gauge)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }
}
