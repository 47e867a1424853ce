using System.Globalization;
using System.Text;

namespace JupyterHub.Core.Diagnostics.Exposition;

/// <summary>The text form that Prometheus fetches, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<CollectedMetric> metrics, string prefix)
    {
        var text = new StringBuilder(16 * 1024);
        foreach (var metric in metrics)
        {
            var name = metric.Definition.ExposedName(prefix);
            text.Append("# HELP ").Append(name).Append(' ').Append(metric.Definition.Help.Replace("\\", "\\\\", StringComparison.Ordinal).ReplaceLineEndings(" ")).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(TypeOf(metric.Definition.Kind)).Append('\n');
            foreach (var (labels, series) in metric.Series.OrderBy(pair => (pair.Key.First, pair.Key.Second, pair.Key.Third)))
            {
                if (metric.Definition.Kind == MetricKind.Histogram)
                {
                    WriteHistogram(text, name, metric, labels, series);
                }
                else
                {
                    WriteSample(text, name, metric.Definition, labels, bound: null, series.Sum);
                }
            }
        }

        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, string name, CollectedMetric metric, LabelValues labels, MetricSeries series)
    {
        var cumulated = series.Cumulated();
        for (var index = 0; index < cumulated.Length; index++)
        {
            var bound = index < metric.Buckets.Length ? Number(metric.Buckets[index]) : "+Inf";
            WriteSample(text, $"{name}_bucket", metric.Definition, labels, bound, cumulated[index]);
        }

        WriteSample(text, $"{name}_sum", metric.Definition, labels, bound: null, series.Sum);
        WriteSample(text, $"{name}_count", metric.Definition, labels, bound: null, cumulated[^1]);
    }

    private static void WriteSample(StringBuilder text, string name, MetricDefinition definition, LabelValues labels, string? bound, double value)
    {
        text.Append(name);
        var separator = '{';
        for (var index = 0; index < definition.Labels.Count; index++)
        {
            WriteLabel(text, separator, definition.Labels[index], labels[index]);
            separator = ',';
        }

        if (bound is not null)
        {
            WriteLabel(text, separator, "le", bound);
            separator = ',';
        }

        text.Append(separator == ',' ? "} " : " ").Append(Number(value)).Append('\n');
    }

    private static void WriteLabel(StringBuilder text, char separator, string name, string value)
    {
        text.Append(separator).Append(name).Append("=\"");
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '\\' => text.Append(@"\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                _ => text.Append(letter),
            };
        }

        text.Append('"');
    }

    /// <summary>Bounds look as in the original (<c>1.0</c>, not <c>1</c>): dashboards compare them as text.</summary>
    private static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return double.IsFinite(value) && text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Histogram => "histogram",
        MetricKind.Counter => "counter",
        _ => "gauge",
    };
}
