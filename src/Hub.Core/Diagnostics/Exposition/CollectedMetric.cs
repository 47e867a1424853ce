using System.Collections.Concurrent;

namespace JupyterHub.Core.Diagnostics.Exposition;

/// <summary>What one instrument has measured so far, by labels.</summary>
internal sealed class CollectedMetric
{
    /// <summary>Labels are bounded where they are made; this is for the case that one of them is not.</summary>
    private const int MostSeries = 2000;

    private static readonly LabelValues Other = new("other", "other", "other");

    private readonly ConcurrentDictionary<LabelValues, MetricSeries> series = new();
    private readonly Func<LabelValues, MetricSeries> create;

    public CollectedMetric(MetricDefinition definition, IReadOnlyList<double> buckets)
    {
        Definition = definition;
        Buckets = [.. buckets];
        create = _ => new MetricSeries(Buckets);
        foreach (var known in definition.Labels.Count == 0 ? [default] : definition.Known)
        {
            series.TryAdd(known, new MetricSeries(Buckets));
        }
    }

    public MetricDefinition Definition { get; }

    public double[] Buckets { get; }

    public IEnumerable<KeyValuePair<LabelValues, MetricSeries>> Series => series;

    public MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelValues.Of(tags);
        return series.TryGetValue(labels, out var found) ? found : Add(labels);
    }

    private MetricSeries Add(LabelValues labels) => series.GetOrAdd(series.Count < MostSeries ? labels : Other, create);
}
