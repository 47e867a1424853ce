using System.Numerics;

namespace JupyterHub.Proxy.Standalone.Metrics;

/// <summary>Durations, for quantiles within an eighth of their value: a counter for each eighth of a power of two of nanoseconds.</summary>
internal sealed class DurationSummary
{
    private const int Steps = 8;
    private const int StepBits = 3;

    private readonly Counter[] buckets = [.. Enumerable.Range(0, 64 * Steps).Select(_ => (Counter?)null!)];
    private readonly Counter ticks = new();

    public long Count => buckets.Sum(static bucket => bucket?.Value ?? 0);

    /// <summary>Of all durations, in seconds.</summary>
    public double Sum => ticks.Value / 1e9;

    public void Observe(TimeSpan duration)
    {
        var nanoseconds = Math.Max(1, (long)duration.TotalNanoseconds);
        ticks.Add(nanoseconds);
        ref var bucket = ref buckets[IndexOf((ulong)nanoseconds)];
        if (Volatile.Read(ref bucket) is null)
        {
            Interlocked.CompareExchange(ref bucket!, new Counter(), null);
        }

        bucket.Increment();
    }

    /// <summary>Seconds that a share of all durations stay within; 0 without any.</summary>
    public double Quantile(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var index = 0; index < buckets.Length && wanted > 0; index++)
        {
            seen += buckets[index]?.Value ?? 0;
            if (seen >= wanted)
            {
                return UpperBound(index) / 1e9;
            }
        }

        return 0;
    }

    private static int IndexOf(ulong value)
    {
        var power = BitOperations.Log2(value);
        var step = power >= StepBits ? (int)(value >> (power - StepBits)) & (Steps - 1) : 0;
        return (power * Steps) + step;
    }

    private static double UpperBound(int index) => Math.Pow(2, index / Steps) * (1 + (((index % Steps) + 1) / (double)Steps));
}
