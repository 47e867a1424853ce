using System.Globalization;
using BenchmarkDotNet.Attributes;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Benchmarks.Rbac;

/// <summary>Decisions about a hot principal in a hub of 10,000 users: no filter, filters given as text, groups.</summary>
[MemoryDiagnoser]
public class DecisionBenchmark
{
    private const string Stop = "delete:servers";

    private readonly Scope scope = ScopeCatalog.BuiltIn[Stop];
    private readonly HubShape hub = new(10_000);
    private MembershipSnapshot membership = MembershipSnapshot.Empty;
    private PermissionSet unfiltered = PermissionSet.Empty;
    private PermissionSet byUser = PermissionSet.Empty;
    private PermissionSet byServer = PermissionSet.Empty;
    private PermissionSet byService = PermissionSet.Empty;
    private PermissionSet byGroup = PermissionSet.Empty;
    private string user = "";
    private string server = "";
    private string service = "";
    private string member = "";

    /// <summary>Filters on the one scope; the one that matches is the last of them.</summary>
    [Params(1, 100, 1000)]
    public int Filters { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        membership = hub.Membership;
        unfiltered = ScopeEngine.BuiltIn.Expand([Stop]);
        byUser = Expand("delete:servers!user=", HubShape.UserName);
        byServer = Expand("delete:servers!server=", index => HubShape.UserName(index) + "/gpu");
        byService = Expand("read:services!service=", ServiceName);
        // User 2 is in 100 groups; all but the last filter are groups that the user is not in.
        var groups = membership.GroupsOf(HubShape.UserName(2));
        var others = Enumerable.Range(0, HubShape.Groups).Select(HubShape.GroupName).Except(groups).Take(Filters - 1);
        byGroup = ScopeEngine.BuiltIn.Expand([.. others.Select(group => $"{Stop}!group={group}"), $"{Stop}!group={groups[^1]}"]);
        // Strings of their own, as a request brings them: equal text, not the same object.
        user = new string(HubShape.UserName(Filters - 1).AsSpan());
        server = new string("gpu".AsSpan());
        service = new string(ServiceName(Filters - 1).AsSpan());
        member = new string(HubShape.UserName(2).AsSpan());
    }

    [Benchmark(Baseline = true)]
    public bool Unfiltered() => unfiltered.Allows(scope);

    [Benchmark]
    public bool UnfilteredByName() => unfiltered.Allows(Stop);

    [Benchmark]
    public bool UserFilter() => byUser.Allows(scope, Resource.User(user), membership);

    [Benchmark]
    public bool ServerOfUserFilter() => byUser.Allows(scope, Resource.Server(user, server), membership);

    [Benchmark]
    public bool ServerFilter() => byServer.Allows(scope, Resource.Server(user, server), membership);

    [Benchmark]
    public bool ServerFilterDenied() => byServer.Allows(scope, Resource.Server(user, "cpu"), membership);

    [Benchmark]
    public bool ServiceFilter() => byService.Allows(ReadServices, Resource.Service(service), membership);

    [Benchmark]
    public bool GroupFilterUserIn100Groups() => byGroup.Allows(scope, Resource.Server(member, server), membership);

    private static Scope ReadServices { get; } = ScopeCatalog.BuiltIn["read:services"];

    private static string ServiceName(int index) => "service-" + index.ToString(CultureInfo.InvariantCulture);

    private PermissionSet Expand(string prefix, Func<int, string> value) =>
        ScopeEngine.BuiltIn.Expand(Enumerable.Range(0, Filters).Select(index => prefix + value(index)));
}
