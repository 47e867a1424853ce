using BenchmarkDotNet.Attributes;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Benchmarks.Rbac;

/// <summary>What happens when nothing is cached: raw text into permissions, intersections, a limited token.</summary>
[MemoryDiagnoser]
public class CompilationBenchmark
{
    private static readonly ScopeEngine Engine = ScopeEngine.BuiltIn;
    private static readonly ScopeOwner Ada = ScopeOwner.User("ada");

    /// <summary>The scope with many servers on it.</summary>
    private const string Shared = "access:servers";

    private readonly HubShape hub = new(10_000);
    private readonly string[] admin = [.. BuiltInRoles.Admin.Scopes!];
    private readonly string[] self = ["self"];
    private readonly string[] token = ["read:servers!user", "servers!server=student-0000002/gpu", "access:servers!server", "list:users", "read:users!group=course-010"];
    private readonly ScopeClient client = ScopeClient.Server("ada", "lab");
    private PermissionSet adminSet = PermissionSet.Empty;
    private PermissionSet owner = PermissionSet.Empty;
    private PermissionSet fifty = PermissionSet.Empty;
    private PermissionSet otherFifty = PermissionSet.Empty;
    private PermissionSet fiftyByGroups = PermissionSet.Empty;
    private PermissionSet everyday = PermissionSet.Empty;
    private PermissionSet otherEveryday = PermissionSet.Empty;
    private PermissionSet thousand = PermissionSet.Empty;
    private PermissionSet otherThousand = PermissionSet.Empty;

    [GlobalSetup]
    public void Setup()
    {
        adminSet = Engine.Expand(admin);
        owner = Engine.Expand(["self", "servers!group=course-010", "read:users!group=course-010", "list:users"], Ada);
        // Every built-in scope with a filter of its own sets: 48 lines and two users on one of them.
        fifty = Mixed(0);
        otherFifty = Mixed(1);
        fiftyByGroups = Engine.Expand([.. Leaves.Select((scope, index) => $"{scope}!group={HubShape.GroupName(index % 10)}"), .. Extra(0)]);
        everyday = Everyday("admin:servers!group=course-010", "groups!group=course-010", "admin:services", "read:hub");
        otherEveryday = Everyday("servers", "groups!group=course-010", "admin:users!group=course-010", "read:hub");
        thousand = Engine.Expand(Enumerable.Range(0, 1000).Select(user => "servers!user=" + HubShape.UserName(user)));
        otherThousand = Engine.Expand(Enumerable.Range(500, 1000).Select(user => "servers!user=" + HubShape.UserName(user)));
        foreach (var set in (PermissionSet[])[fifty, otherFifty, fiftyByGroups, everyday, otherEveryday])
        {
            if (set.ToScopes().Count is < 50 or > 52)
            {
                throw new InvalidOperationException($"{set.ToScopes().Count} scopes, not 50: {string.Join(' ', set.ToScopes())}");
            }
        }
    }

    [Benchmark]
    public PermissionSet CompileAdminRole() => Engine.Expand(admin);

    [Benchmark]
    public PermissionSet CompileSelf() => Engine.Expand(self, Ada);

    [Benchmark]
    public PermissionSet IntersectAdminWithSelf() => Engine.Intersect(adminSet, owner, hub.Membership);

    [Benchmark]
    public PermissionSet Intersect50With50() => Engine.Intersect(fifty, otherFifty, hub.Membership);

    /// <summary>As people have them: self, a course of one's own, some things without a filter, servers that are shared.</summary>
    [Benchmark]
    public PermissionSet IntersectEveryday50With50() => Engine.Intersect(everyday, otherEveryday, hub.Membership);

    [Benchmark]
    public PermissionSet Intersect50With50ByGroups() => Engine.Intersect(fifty, fiftyByGroups, hub.Membership);

    [Benchmark]
    public PermissionSet Intersect1000FiltersWith1000() => Engine.Intersect(thousand, otherThousand, hub.Membership);

    [Benchmark]
    public PermissionSet LimitedToken() => Engine.ForToken(token, Ada, client, owner, hub.Membership);

    /// <summary>Scopes that imply no others, so that a set has as many scopes as it was given.</summary>
    private static string[] Leaves { get; } = ScopeCatalog.BuiltIn.Scopes.Where(scope => scope.Subscopes.Count == 0 && scope.Name.Contains(':', StringComparison.Ordinal)).Select(scope => scope.Name).ToArray();

    /// <summary>50 scopes: some unfiltered, the others with filters for users and servers, of which every other is on both sides.</summary>
    private static PermissionSet Mixed(int side) => Engine.Expand(
        [.. Leaves.Select((scope, index) => index % 5 == side && scope != Shared ? scope : $"{scope}!user={HubShape.UserName(index % 2 == 0 ? index % 8 : index % 8 + 8 * side)}"), .. Extra(side)]);

    /// <summary>Self and these, and as many shared servers as make it 50.</summary>
    private static PermissionSet Everyday(params string[] scopes)
    {
        var missing = 50 - Engine.Expand(["self", .. scopes], Ada).ToScopes().Count;
        return Engine.Expand(["self", .. scopes, .. Enumerable.Range(0, missing).Select(index => $"{Shared}!server={HubShape.UserName(index)}/gpu")], Ada);
    }

    private static IEnumerable<string> Extra(int side) =>
        Enumerable.Range(0, 50 - Leaves.Length).Select(index => $"{Shared}!server={HubShape.UserName(2 + index * (1 + side))}/gpu");
}
