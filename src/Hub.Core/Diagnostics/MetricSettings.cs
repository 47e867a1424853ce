using System.Globalization;
using System.Text.RegularExpressions;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Diagnostics;

/// <summary>What an operator may choose about metrics by environment variables, as with the original (contract 13).</summary>
internal sealed partial record MetricSettings
{
    public const string PrefixVariable = "JUPYTERHUB_METRICS_PREFIX";
    public const string SpawnBucketsVariable = "JUPYTERHUB_SERVER_SPAWN_DURATION_SECONDS_BUCKETS";
    public const string StopBucketsVariable = "JUPYTERHUB_SERVER_STOP_DURATION_SECONDS_BUCKETS";

    private const int MostBuckets = 100;

    /// <summary>What names begin with in the text form.</summary>
    public string Prefix { get; init; } = MetricDefinition.Prefix;

    public IReadOnlyList<double> SpawnBuckets { get; init; } = MetricDefinitions.SpawnDuration.Buckets;

    public IReadOnlyList<double> StopBuckets { get; init; } = MetricDefinitions.StopDuration.Buckets;

    /// <exception cref="HubStartupException">A variable cannot be read.</exception>
    public static MetricSettings Read(Func<string, string?> variable)
    {
        var prefix = variable(PrefixVariable);
        if (!string.IsNullOrEmpty(prefix) && !NamePattern().IsMatch(prefix))
        {
            throw new HubStartupException($"The environment variable {PrefixVariable} must be letters, digits, '_' and ':' and begin with no digit.");
        }

        return new MetricSettings
        {
            Prefix = string.IsNullOrEmpty(prefix) ? MetricDefinition.Prefix : prefix,
            SpawnBuckets = Buckets(variable, SpawnBucketsVariable) ?? MetricDefinitions.SpawnDuration.Buckets,
            StopBuckets = Buckets(variable, StopBucketsVariable) ?? MetricDefinitions.StopDuration.Buckets,
        };
    }

    /// <summary>The buckets of a metric, chosen or its own.</summary>
    public IReadOnlyList<double> BucketsOf(MetricDefinition metric) =>
        metric == MetricDefinitions.SpawnDuration ? SpawnBuckets : metric == MetricDefinitions.StopDuration ? StopBuckets : metric.Buckets;

    private static double[]? Buckets(Func<string, string?> variable, string name)
    {
        var text = variable(name);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var bounds = new List<double>();
        foreach (var part in text.Split(',').Select(part => part.Trim()))
        {
            var isInfinite = part.TrimStart('+').ToUpperInvariant() is "INF" or "INFINITY";
            var bound = isInfinite ? double.PositiveInfinity : double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
            if (double.IsNaN(bound) || bounds.Count == MostBuckets || (bounds.Count > 0 && bound <= bounds[^1]))
            {
                throw new HubStartupException($"The environment variable {name} must be rising numbers of seconds separated by commas, {MostBuckets} at most.");
            }

            bounds.Add(bound);
        }

        return [.. bounds.Where(double.IsFinite)];
    }

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]{0,63}\\z")]
    private static partial Regex NamePattern();
}
