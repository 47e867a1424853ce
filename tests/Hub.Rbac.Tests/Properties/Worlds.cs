using FsCheck;
using FsCheck.Fluent;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Properties;

/// <summary>Random scopes over a small world, small enough that things meet by chance, and every question that can be asked in it.</summary>
internal static class Worlds
{
    public static readonly string[] Users = ["ada", "ben", "gpu", "zoë"];
    public static readonly string[] Groups = ["physics", "maths", "ada"];
    public static readonly string[] Services = ["culler", "ada"];
    public static readonly string[] ServerNames = ["", "gpu", "ada"];

    /// <summary>A few, so that two sets often share one, with a hierarchy among them.</summary>
    private static readonly string[] ScopeNames =
        ["users", "read:users", "read:users:name", "servers", "read:servers", "list:users", "admin:users", "tokens", "shares", "access:servers", "read:hub", "inherit"];

    private static readonly string[] PlainFilters =
    [
        .. Users.Select(user => $"!user={user}"),
        .. Services.Select(service => $"!service={service}"),
        .. Users.SelectMany(user => ServerNames.Select(server => $"!server={user}/{server}")),
        "!server=gpu",
    ];

    private static readonly string[] GroupFilters = [.. Groups.Select(group => $"!group={group}")];

    public static readonly Resource[] Resources =
    [
        .. Users.Select(Resource.User),
        .. Groups.Select(Resource.Group),
        .. Services.Select(Resource.Service),
        .. Users.SelectMany(user => ServerNames.Select(server => Resource.Server(user, server))),
    ];

    /// <summary>Scopes without short filters and group filters.</summary>
    public static Gen<string[]> UngroupedScopes { get; } = ScopesWith(["", "", .. PlainFilters]);

    /// <summary>Scopes without short filters.</summary>
    public static Gen<string[]> Scopes { get; } = ScopesWith(["", .. PlainFilters, .. GroupFilters, .. GroupFilters]);

    public static Gen<string[]> RawScopes { get; } =
        Gen.ArrayOf(Gen.Frequency(
            (1, Gen.Constant("self")),
            (8, Gen.Elements(ScopeNames).SelectMany(name => Gen.Elements((string[])["", "!user", "!service", "!server", .. PlainFilters, .. GroupFilters]), (name, filter) => name + filter))));

    public static Gen<MembershipSnapshot> Memberships { get; } =
        Gen.ArrayOf(Gen.Elements(Users).SelectMany(_ => Gen.Elements(Groups), (user, group) => KeyValuePair.Create(user, group)))
            .Select(pairs => new MembershipSnapshot(1, pairs));

    public static PermissionSet Expand(string[] scopes) => ScopeEngine.BuiltIn.Expand(scopes);

    /// <summary>Every question with its answer: scope and entity, or scope alone.</summary>
    public static IEnumerable<(string Question, bool Answer)> Decisions(PermissionSet set, MembershipSnapshot membership)
    {
        foreach (var scope in ScopeCatalog.BuiltIn.Scopes)
        {
            yield return ($"{scope}", set.Allows(scope));
            foreach (var resource in Resources)
            {
                yield return ($"{scope} on {resource}", set.Allows(scope, resource, membership));
            }
        }
    }

    public static HashSet<string> Allowed(PermissionSet set, MembershipSnapshot membership) =>
        Decisions(set, membership).Where(decision => decision.Answer).Select(decision => decision.Question).ToHashSet();

    private static Gen<string[]> ScopesWith(string[] filters) =>
        Gen.ArrayOf(Gen.Elements(ScopeNames).SelectMany(_ => Gen.Elements(filters), (name, filter) => name + filter));
}
