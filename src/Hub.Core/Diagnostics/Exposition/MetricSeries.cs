namespace JupyterHub.Core.Diagnostics.Exposition;

/// <summary>The values of one metric under one set of labels. Written from any number of threads without waiting.</summary>
internal sealed class MetricSeries(double[] bounds)
{
    // The last one counts what is above all bounds.
    private readonly long[] counts = new long[bounds.Length + 1];
    private double sum;

    /// <summary>A counter's or gauge's value, or the sum of what a histogram was given.</summary>
    public double Sum => Volatile.Read(ref sum);

    public void Record(double value)
    {
        var index = 0;
        while (index < bounds.Length && value > bounds[index])
        {
            index++;
        }

        Interlocked.Increment(ref counts[index]);
        Add(value);
    }

    public void Add(double value)
    {
        double seen;
        do
        {
            seen = Volatile.Read(ref sum);
        }
        while (Interlocked.CompareExchange(ref sum, seen + value, seen) != seen);
    }

    public void Set(double value) => Volatile.Write(ref sum, value);

    /// <summary>For each bound, and for infinity, how many values were at most that large.</summary>
    public long[] Cumulated()
    {
        var result = new long[counts.Length];
        var total = 0L;
        for (var index = 0; index < counts.Length; index++)
        {
            result[index] = total += Interlocked.Read(ref counts[index]);
        }

        return result;
    }
}
