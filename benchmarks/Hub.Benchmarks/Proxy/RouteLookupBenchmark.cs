using System.Globalization;
using BenchmarkDotNet.Attributes;
using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Benchmarks.Proxy;

/// <summary>Finding the route of a request among those of many users; the targets walk through all users, so that caches hold what they would hold.</summary>
[MemoryDiagnoser]
public class RouteLookupBenchmark
{
    private const int Targets = 4096;

    private readonly RouteTable table = new(new RouteDraining(new ForwardingOptions(), TimeProvider.System));
    private readonly Dictionary<string, RouteEntry> prefixes = new(StringComparer.Ordinal);
    private readonly RequestTarget[] targets = new RequestTarget[Targets];
    private List<RouteEntry> list = [];
    private int next;

    [Params(10, 10_000, 100_000)]
    public int Routes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        for (var user = 0; user < Routes; user++)
        {
            var routespec = Routespec.Parse($"/user/{Name(user)}/");
            var entry = new RouteEntry(routespec, UpstreamTarget.Of(new Uri($"http://127.0.0.1:{1024 + user % 60_000}")), [], TimeProvider.System);
            table.Set(routespec, _ => entry);
            prefixes.Add($"/user/{Name(user)}", entry);
        }

        list = [.. prefixes.Values];
        var random = new Random(1);
        for (var index = 0; index < Targets; index++)
        {
            targets[index] = Read($"/user/{Name(random.Next(Routes))}/api/kernels/12345/channels?session_id=1");
        }
    }

    /// <summary>Each prefix of the path, longest first, in a dictionary that would have to be copied or locked for each change.</summary>
    [Benchmark(Baseline = true)]
    public object? DictionaryOfPrefixes()
    {
        var lookup = prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        var path = targets[next++ & (Targets - 1)].RawPath;
        while (!path.IsEmpty)
        {
            if (lookup.TryGetValue(path, out var entry))
            {
                return entry;
            }

            path = path[..path.LastIndexOf('/')];
        }

        return null;
    }

    [Benchmark]
    public object? RouteTable() => table.Match(targets[next++ & (Targets - 1)], "");

    /// <summary>Comparing with one route after the other.</summary>
    [Benchmark]
    public object? Linear()
    {
        var target = targets[next++ & (Targets - 1)];
        foreach (var entry in list)
        {
            if (target.Segment(1).SequenceEqual(entry.Routespec.Segments[1]))
            {
                return entry;
            }
        }

        return null;
    }

    private static RequestTarget Read(string raw) =>
        RequestTarget.TryParse(raw, out var target, out var error) ? target : throw new InvalidOperationException(error.Describe());

    private static string Name(int user) => "student-" + user.ToString("D6", CultureInfo.InvariantCulture);
}
