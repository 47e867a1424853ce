using BenchmarkDotNet.Attributes;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Benchmarks.Proxy;

/// <summary>What every request and every piece of a WebSocket pays on its route, alone and with others on the same route.</summary>
[MemoryDiagnoser]
public class RouteActivityBenchmark
{
    private const int Marks = 100_000;

    private readonly RouteEntry route = new(Routespec.Parse("/user/ada/"), UpstreamTarget.Of(new Uri("http://127.0.0.1:1024")), [], TimeProvider.System);
    private readonly long[] plain = new long[1];

    [Params(1, 2, 8)]
    public int Threads { get; set; }

    /// <summary>For comparison: every mark written, however short the time since the last.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Marks)]
    public void WriteAlways() => Together(static benchmark => Interlocked.Exchange(ref benchmark.plain[0], TimeProvider.System.GetUtcNow().UtcTicks));

    [Benchmark(OperationsPerInvoke = Marks)]
    public void Mark() => Together(static benchmark => benchmark.route.Activity.Mark());

    [Benchmark(OperationsPerInvoke = Marks)]
    public void EnterAndLeave() => Together(static benchmark =>
    {
        benchmark.route.Lifetime.TryEnter(isWebSocket: false, int.MaxValue, out var lease);
        lease.Dispose();
    });

    // Each thread does all of them: a number that grows with the threads is contention.
    private void Together(Action<RouteActivityBenchmark> step) => Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ =>
    {
        for (var count = 0; count < Marks; count++)
        {
            step(this);
        }
    });
}
