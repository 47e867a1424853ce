using BenchmarkDotNet.Attributes;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Benchmarks.Rbac;

/// <summary>A decision that needs a group, for a server's owner in 1, 10 and 100 groups.</summary>
[MemoryDiagnoser]
public class GroupDecisionBenchmark
{
    private readonly Scope scope = ScopeCatalog.BuiltIn["delete:servers"];
    private readonly HubShape hub = new(10_000);
    private PermissionSet allowing = PermissionSet.Empty;
    private PermissionSet denying = PermissionSet.Empty;
    private string owner = "";

    [Params(1, 10, 100)]
    public int GroupsOfTheOwner { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        owner = new string(HubShape.UserName(GroupsOfTheOwner switch { 1 => 0, 10 => 1, _ => 2 }).AsSpan());
        var groups = hub.Membership.GroupsOf(owner);
        var other = Enumerable.Range(0, HubShape.Groups).Select(HubShape.GroupName).Except(groups).First();
        allowing = ScopeEngine.BuiltIn.Expand([$"delete:servers!group={groups[^1]}"]);
        denying = ScopeEngine.BuiltIn.Expand([$"delete:servers!group={other}"]);
    }

    [Benchmark]
    public bool Allowed() => allowing.Allows(scope, Resource.Server(owner, "gpu"), hub.Membership);

    [Benchmark]
    public bool Denied() => denying.Allows(scope, Resource.Server(owner, "gpu"), hub.Membership);
}
