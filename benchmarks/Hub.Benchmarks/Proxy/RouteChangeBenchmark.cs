using System.Collections.Immutable;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Benchmarks.Proxy;

/// <summary>Adding one route to many and taking it away again, each change published to readers at once.</summary>
[MemoryDiagnoser]
public class RouteChangeBenchmark
{
    private readonly RouteTable table = new(new RouteDraining(new ForwardingOptions(), TimeProvider.System));
    private readonly Routespec routespec = Routespec.Parse("/user/newcomer/");
    private ImmutableDictionary<string, RouteEntry> immutable = ImmutableDictionary<string, RouteEntry>.Empty;
    private RouteEntry entry = null!;

    [Params(10, 10_000, 100_000)]
    public int Routes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        entry = new RouteEntry(routespec, UpstreamTarget.Of(new Uri("http://127.0.0.1:1024")), [], TimeProvider.System);
        for (var user = 0; user < Routes; user++)
        {
            var place = Routespec.Parse($"/user/student-{user.ToString("D6", CultureInfo.InvariantCulture)}/");
            table.Set(place, _ => entry);
            immutable = immutable.Add(place.Text, entry);
        }
    }

    /// <summary>The framework's immutable dictionary.</summary>
    [Benchmark(Baseline = true)]
    public object ImmutableDictionary()
    {
        immutable = immutable.SetItem(routespec.Text, entry);
        return immutable = immutable.Remove(routespec.Text);
    }

    [Benchmark]
    public object RouteTable()
    {
        table.Set(routespec, _ => entry);
        return table.Remove(routespec);
    }
}
