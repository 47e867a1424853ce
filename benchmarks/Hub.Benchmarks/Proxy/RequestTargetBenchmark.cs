using BenchmarkDotNet.Attributes;
using JupyterHub.Core.Addressing;

namespace JupyterHub.Benchmarks.Proxy;

/// <summary>Reading the raw request target, which happens once for every request.</summary>
[MemoryDiagnoser]
public class RequestTargetBenchmark
{
    [Params(
        "/user/student-000042/api/kernels/0f4a/channels?session_id=1",
        "/user/ada%40example.org/notebooks/My%20first%20notebook.ipynb")]
    public string Target { get; set; } = "";

    /// <summary>What the framework's own type does for the same text, without refusing anything.</summary>
    [Benchmark(Baseline = true)]
    public object UriUnescape() => Uri.UnescapeDataString(Target).Split('/');

    [Benchmark]
    public object? Parse() => RequestTarget.TryParse(Target, out var target, out _) ? target : null;
}
