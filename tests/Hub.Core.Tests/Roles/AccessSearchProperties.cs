using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Tests.Roles;

/// <summary>Whoever is named when it is asked who may do something are exactly those who may.</summary>
public sealed class AccessSearchProperties
{
    private const int Worlds = 6;
    private static readonly string[] Scopes = ["servers", "read:servers", "read:users:name", "admin:users", "access:servers", "read:groups:name", "list:users", "tokens"];

    [Fact]
    public async Task Those_who_may_are_named_and_nobody_else()
    {
        var (named, left) = (0, 0);
        for (var seed = 0; seed < Worlds; seed++)
        {
            await using var hub = await RandomHub.CreateAsync(seed);
            var allowed = await hub.AllAllowedAsync();
            foreach (var scope in Scopes)
            {
                foreach (var resource in RandomHub.AllResources.Select(entity => (Resource?)entity).Append(null))
                {
                    var question = resource is { } about ? $"{scope} on {about}" : scope;
                    var expected = RandomHub.Principals.Where(who => allowed[who].Contains(question)).Select(Text).Order(StringComparer.Ordinal).ToList();
                    var found = (await hub.WhoMayAsync(scope, resource)).Select(Text).Order(StringComparer.Ordinal).ToList();
                    Assert.True(expected.SequenceEqual(found), $"seed {seed}, {question}: [{string.Join(", ", expected)}] may, [{string.Join(", ", found)}] were named");
                    named += found.Count;
                    left += RandomHub.Principals.Count - found.Count;
                }
            }
        }

        // It would also hold if everybody could do everything, or nobody anything.
        Assert.True(named > 200 && left > 200, $"{named} named, {left} left out");
    }

    private static string Text(ScopeOwner who) => who.ToString();
}
