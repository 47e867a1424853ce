using JupyterHub.Client.Authentication;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Client.Tests.Authentication;

/// <summary>What the package decides for itself is what the scope engine decides, where no membership has a say.</summary>
public sealed class HeldScopesTests
{
    private static readonly string[] Scopes =
    [
        "access:servers", "access:servers!server=ada/", "access:servers!server=ada/lab", "access:servers!server=ben/", "access:servers!user=ada",
        "access:servers!user=ben", "access:servers!group=staff", "access:services", "access:services!service=probe", "access:services!service=other",
        "read:users!user=ada", "read:users!group=staff", "list:users", "list:users!group=staff",
    ];

    [Fact]
    public void Every_pair_is_decided_as_the_engine_decides_it()
    {
        var differences = new List<string>();
        foreach (var held in Scopes)
        {
            // The hub sends scopes expanded.
            var permissions = ScopeEngine.BuiltIn.Expand([held]);
            foreach (var required in Scopes)
            {
                var expected = permissions.Allows(ScopeEngine.BuiltIn.Catalog.Parse(required), MembershipSnapshot.Empty);
                if (HeldScopes.Satisfy([required], permissions.ToScopes()) != expected)
                {
                    differences.Add($"{held} for {required}: the engine says {expected}");
                }
            }
        }

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("custom:probe:read", "custom:probe:read", true)]
    [InlineData("custom:probe:read!user=ada", "custom:probe:read", true)]
    [InlineData("custom:probe:read", "custom:probe:read!user=ada", false)]
    [InlineData("access:servers!server=/lab", "access:servers!user=", false)]
    [InlineData("access:servers", "access:services", false)]
    public void Unknown_and_odd_scopes_are_compared_as_they_are(string required, string held, bool expected) =>
        Assert.Equal(expected, HeldScopes.Satisfy([required], [held]));

    [Fact]
    public void Any_one_of_several_suffices() => Assert.True(HeldScopes.Satisfy(["a", "b"], ["b"]));
}
