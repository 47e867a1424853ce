using BenchmarkDotNet.Attributes;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Benchmarks.Rbac;

/// <summary>Decisions in hubs of three sizes: the work must not grow with the hub, only the memory that it walks over.</summary>
[MemoryDiagnoser]
public class HubSizeBenchmark
{
    private const int Principals = 10_000;

    private readonly Scope scope = ScopeCatalog.BuiltIn["delete:servers"];
    private HubShape hub = new(1);
    private PermissionSet[] permissions = [];
    private int[] principals = [];
    private int[] owners = [];
    private int next;

    [Params(100, 10_000, 1_000_000)]
    public int Users { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        hub = new HubShape(Users);
        var random = new Random(7);
        permissions = Enumerable.Range(0, Math.Min(Users, Principals)).Select(index => hub.PermissionsOf(index)).ToArray();
        principals = Enumerable.Range(0, 1 << 16).Select(_ => random.Next(permissions.Length)).ToArray();
        owners = Enumerable.Range(0, 1 << 16).Select(_ => random.Next(Users)).ToArray();
    }

    /// <summary>The same principal about the same server, by a group.</summary>
    [Benchmark(Baseline = true)]
    public bool HotPrincipalByGroup() => permissions[0].Allows(scope, Resource.Server(hub.Users[1], "gpu"), hub.Membership);

    /// <summary>The same principal about servers of random users, by a group.</summary>
    [Benchmark]
    public bool RandomOwnersByGroup() => permissions[0].Allows(scope, Resource.Server(hub.Users[owners[next++ & 0xFFFF]], "gpu"), hub.Membership);

    /// <summary>10,000 principals in random order (100 in the smallest hub) about servers of random users, by a group.</summary>
    [Benchmark]
    public bool RandomPrincipalsByGroup()
    {
        var index = next++ & 0xFFFF;
        return permissions[principals[index]].Allows(scope, Resource.Server(hub.Users[owners[index]], "gpu"), hub.Membership);
    }

    /// <summary>The same principals about their own servers, by the user's name.</summary>
    [Benchmark]
    public bool RandomPrincipalsByUser()
    {
        var principal = principals[next++ & 0xFFFF];
        return permissions[principal].Allows(scope, Resource.Server(hub.Users[principal], "gpu"), hub.Membership);
    }
}
