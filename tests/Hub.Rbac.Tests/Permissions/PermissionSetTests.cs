using JupyterHub.Rbac.Filters;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Permissions;

public sealed class PermissionSetTests
{
    private static readonly ScopeEngine Engine = ScopeEngine.BuiltIn;
    private static readonly MembershipSnapshot Physics = new(1, [new("ada", "physics")]);

    [Fact]
    public void A_filter_is_no_unfiltered_permission()
    {
        var set = Engine.Expand(["read:servers!user=ada", "read:hub"]);
        Assert.False(set.Allows("read:servers"));
        Assert.True(set.Holds("read:servers"));
        Assert.True(set.Allows("read:hub"));
        Assert.True(set.Allows(Engine.Catalog["read:hub"]));
        Assert.False(set.Allows("no such scope"));
        Assert.False(set.Holds("no such scope"));
    }

    [Theory]
    [InlineData("servers!user=ada", "ada", "gpu", true)]
    [InlineData("servers!server=ada/gpu", "ada", "gpu", true)]
    [InlineData("servers!server=ada/gpu", "ada", "", false)]
    [InlineData("servers!server=ada/", "ada", "", true)]
    [InlineData("servers!server=ada/gpu", "ben", "gpu", false)]
    [InlineData("servers!group=physics", "ada", "gpu", true)]
    [InlineData("servers!group=physics", "ben", "gpu", false)]
    [InlineData("servers!group=maths", "ada", "gpu", false)]
    [InlineData("servers!service=ada", "ada", "gpu", false)]
    [InlineData("servers!server=gpu", "ada", "gpu", false)]
    [InlineData("servers!server=ada", "ada", "", false)]
    [InlineData("servers", "ada", "gpu", true)]
    public void Servers_are_covered_by_name_owner_or_group_and_never_by_their_bare_name(string scope, string owner, string server, bool allowed)
    {
        var resource = Resource.Server(owner, server);
        Assert.Equal(allowed, Engine.Expand([scope]).Allows("servers", resource, Physics));
        Assert.Equal(allowed, Engine.Expand([scope]).Allows(Engine.Catalog["servers"], resource, Physics));
    }

    [Fact]
    public void A_server_filter_does_not_cover_the_user() =>
        Assert.False(Engine.Expand(["servers!server=ada/gpu"]).Allows("servers", Resource.User("ada"), Physics));

    [Fact]
    public void A_new_membership_is_seen_at_once()
    {
        var set = Engine.Expand(["servers!group=physics"]);
        var later = new MembershipSnapshot(2, [new("ben", "physics")]);
        Assert.True(set.Allows("servers", Resource.User("ada"), Physics));
        Assert.False(set.Allows("servers", Resource.User("ada"), later));
        Assert.True(set.Allows("servers", Resource.User("ben"), later));
        Assert.True(set.Allows("servers", Resource.User("ada"), Physics));
        Assert.False(set.Allows("servers", Resource.User("ada"), MembershipSnapshot.Empty));
    }

    [Fact]
    public void Required_scopes_are_held_completely_or_not()
    {
        var set = Engine.Expand(["servers!user=ada"]);
        Assert.True(set.Allows(Engine.Catalog.Parse("servers!server=ada/gpu"), Physics));
        Assert.False(set.Allows(Engine.Catalog.Parse("servers"), Physics));
        Assert.False(set.Allows(Engine.Catalog.Parse("servers!server=ada"), Physics));
        Assert.Throws<ArgumentException>(() => set.Allows(Engine.Catalog.Parse("servers!user"), Physics));
    }

    [Fact]
    public void Servers_of_a_listing_have_owner_and_name() =>
        Assert.Equal(
            [Resource.Server("ada", ""), Resource.Server("ada", "gpu")],
            Engine.Expand(["servers!server=ada/gpu", "servers!server=ada/", "servers!server=gpu"]).FiltersOf("servers").NamedServers);

    [Fact]
    public void Filters_are_the_predicate_of_a_listing()
    {
        var filters = Engine.Expand(["servers!user=b", "servers!user=a", "servers!group=g", "servers!server=a/x", "servers!service=s"]).FiltersOf("servers");
        Assert.Equal(["a", "b"], filters.Users);
        Assert.Equal(["g"], filters.Groups);
        Assert.Equal(["a/x"], filters.Servers);
        Assert.Equal(["s"], filters.Services);
        Assert.False(filters.IsUnrestricted || filters.IsNone);
        Assert.Same(ScopeFilters.Unrestricted, Engine.Expand(["servers"]).FiltersOf("servers"));
        Assert.Same(ScopeFilters.None, Engine.Expand(["servers"]).FiltersOf("users"));
        Assert.Same(ScopeFilters.None, Engine.Expand(["servers"]).FiltersOf("no such scope"));
    }

    [Fact]
    public void Sets_are_listed_by_code_point() =>
        Assert.Equal(["read:hub!user=\uFFFD", "read:hub!user=\U0001F600"], Engine.Expand(["read:hub!user=\U0001F600", "read:hub!user=\uFFFD"]).ToScopes());

    [Fact]
    public void Decisions_allocate_nothing()
    {
        var many = Engine.Expand([.. Enumerable.Range(0, 1000).SelectMany(i => new[] { $"servers!user=u{i}", $"servers!server=v{i}/gpu" }), "servers!group=physics", "servers!group=maths", "read:hub"]);
        var servers = Engine.Catalog["servers"];
        var hub = Engine.Catalog["read:hub"];
        var granted = 0;
        void Decide()
        {
            granted += many.Allows(hub) ? 1 : 0;
            granted += many.Allows("read:hub") ? 1 : 0;
            granted += many.Allows(servers, Resource.User("u999"), Physics) ? 1 : 0;
            granted += many.Allows(servers, Resource.Server("v500", "gpu"), Physics) ? 1 : 0;
            granted += many.Allows("servers", Resource.Server("ada", "gpu"), Physics) ? 1 : 0;
            granted += many.Allows(servers, Resource.Server("nobody", "gpu"), Physics) ? 1 : 0;
        }

        Decide();
        Assert.Equal(5, granted);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Decide();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
