namespace JupyterHub.Core.Diagnostics;

/// <summary>One metric of the hub (contract 13).</summary>
/// <param name="Name">Name of the instrument.</param>
/// <param name="Kind">What its values mean.</param>
/// <param name="Help">What it measures.</param>
internal sealed record MetricDefinition(string Name, MetricKind Kind, string Help)
{
    /// <summary>What every name begins with, unless an operator chose another prefix for the text form.</summary>
    public const string Prefix = "jupyterhub";

    /// <summary>Names of the labels, in the order in which measurements give their values.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Upper bounds of a histogram's buckets; the last one, infinity, goes without saying.</summary>
    public IReadOnlyList<double> Buckets { get; init; } = [];

    /// <summary>Label values that are there from the beginning, so that dashboards find a zero instead of nothing.</summary>
    public IReadOnlyList<LabelValues> Known { get; init; } = [];

    /// <summary>The name of the instrument, for OpenTelemetry and other listeners.</summary>
    public string InstrumentName { get; } = $"{Prefix}_{Name}";

    /// <summary>The name in the text form.</summary>
    public string ExposedName(string prefix) => Kind == MetricKind.Counter ? $"{prefix}_{Name}_total" : $"{prefix}_{Name}";
}
