namespace JupyterHub.Core.Diagnostics;

/// <summary>What a metric's values mean.</summary>
internal enum MetricKind
{
    /// <summary>A distribution of durations, in seconds.</summary>
    Histogram,

    /// <summary>A number that only grows.</summary>
    Counter,

    /// <summary>A number as it is now.</summary>
    Gauge,
}
