using System.Text.Json;
using JupyterHub.Core.Configuration;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Cli.Scopes.Worlds;

/// <summary>Reads a world in the form of the recorded decisions.</summary>
internal static class RecordedWorld
{
    private const string Place = "world";

    /// <exception cref="ScopesRefusedException">It is not in that form, or names something that it does not have.</exception>
    public static ScopeWorld Read(JsonElement world)
    {
        JsonShape.RequireObject(world, Place, "users", "groups", "services", "servers", "roles", "grants");
        var groups = JsonShape.Strings(world, "groups", Place);
        var services = JsonShape.Strings(world, "services", Place);
        var users = JsonShape.Members(world, "users", Place)
            .Select(user => (user.Name, Groups: JsonShape.Strings(user.Value, $"{Place}.users.{PlainText.Of(user.Name)}")))
            .ToArray();
        ScopeOwner[] principals = [.. users.Select(user => ScopeOwner.User(user.Name)), .. services.Select(ScopeOwner.Service)];
        HashSet<ScopeOwner> known = [.. principals, .. groups.Select(ScopeOwner.Group)];
        foreach (var (name, memberOf) in users)
        {
            RequireNames(memberOf, groups, $"{Place}.users.{PlainText.Of(name)}", "group");
        }

        CheckServers(JsonShape.Strings(world, "servers", Place), known);
        var roles = Roles(world);
        var grants = users.Select(user => new RoleGrant(ScopeOwner.User(user.Name), BuiltInRoles.UserName)).Concat(Grants(world, roles, known));
        return Create(new(1, users.SelectMany(user => user.Groups.Select(group => KeyValuePair.Create(user.Name, group)))), principals, roles, grants, groups);
    }

    private static ScopeWorld Create(
        MembershipSnapshot membership, ScopeOwner[] principals, Dictionary<string, IReadOnlyList<string>> roles, IEnumerable<Grant> grants, IReadOnlyList<string> groups)
    {
        try
        {
            return new ScopeWorld(new RbacWorld(ScopeEngine.BuiltIn, membership, principals, roles, grants), groups);
        }
        catch (ScopeException exception)
        {
            throw new ScopesRefusedException($"{Place}.roles: {exception.Message}");
        }
    }

    private static void CheckServers(IReadOnlyList<string> servers, HashSet<ScopeOwner> known)
    {
        foreach (var server in servers)
        {
            var slash = server.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0 || !known.Contains(ScopeOwner.User(server[..slash])))
            {
                throw new ScopesRefusedException($"{Place}.servers has {JsonShape.Quote(server)}, which is not user/name of one of the users.");
            }
        }
    }

    // Every world has the default role user; it may say what is in it.
    private static Dictionary<string, IReadOnlyList<string>> Roles(JsonElement world)
    {
        var roles = JsonShape.Members(world, "roles", Place)
            .ToDictionary(role => role.Name, role => JsonShape.Strings(role.Value, $"{Place}.roles.{PlainText.Of(role.Name)}"), StringComparer.Ordinal);
        roles.TryAdd(BuiltInRoles.UserName, BuiltInRoles.User.Scopes!);
        return roles;
    }

    private static List<Grant> Grants(JsonElement world, Dictionary<string, IReadOnlyList<string>> roles, HashSet<ScopeOwner> known)
    {
        var grants = new List<Grant>();
        var list = JsonShape.Get(world, "grants", Place);
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new ScopesRefusedException($"{Place}.grants must be a list.");
        }

        foreach (var item in list.EnumerateArray())
        {
            var place = $"{Place}.grants[{grants.Count}]";
            if (JsonShape.Strings(item, place) is not [var kind, var name, var role])
            {
                throw new ScopesRefusedException($"{place} must be [kind, name, role].");
            }

            var holder = Holder(kind, name, place);
            RequireNames([role], roles.Keys, place, "role");
            RequireNames([name], known.Where(other => other.Kind == holder.Kind).Select(other => other.Name), place, kind);
            grants.Add(new RoleGrant(holder, role));
        }

        return grants;
    }

    private static ScopeOwner Holder(string kind, string name, string place) => kind switch
    {
        "user" => ScopeOwner.User(name),
        "group" => ScopeOwner.Group(name),
        "service" => ScopeOwner.Service(name),
        _ => throw new ScopesRefusedException($"{place} names the kind {JsonShape.Quote(kind)}; the kinds are user, group and service."),
    };

    private static void RequireNames(IEnumerable<string> names, IEnumerable<string> known, string place, string what)
    {
        foreach (var name in names)
        {
            if (!known.Contains(name))
            {
                var nearest = NearestName.Find(name, known);
                throw new ScopesRefusedException($"{place} names the {what} {JsonShape.Quote(name)}, which does not exist{(nearest is null ? "." : $"; did you mean {PlainText.Of(nearest)}?")}");
            }
        }
    }
}
