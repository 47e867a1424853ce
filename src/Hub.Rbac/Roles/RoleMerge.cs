using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Roles;

/// <summary>Completes declared roles with the default ones and checks them.</summary>
public static class RoleMerge
{
    /// <summary>All roles of a hub: the default ones that are not declared, then the declared ones, each default one completed where its declaration is silent.</summary>
    /// <param name="declared">Roles of the configuration and of the authenticator.</param>
    /// <param name="extraUserScopes">Scopes that the role <c>user</c> gains, unless its scopes are declared.</param>
    /// <param name="engine">Knows which scopes exist.</param>
    /// <exception cref="RoleException">A name is invalid or declared twice, a scope does not exist, or the admin role is overridden.</exception>
    public static IReadOnlyList<RoleDefinition> Complete(IEnumerable<RoleDefinition> declared, IEnumerable<string> extraUserScopes, ScopeEngine engine)
    {
        ArgumentNullException.ThrowIfNull(declared);
        ArgumentNullException.ThrowIfNull(extraUserScopes);
        ArgumentNullException.ThrowIfNull(engine);
        var defaults = BuiltInRoles.All.ToDictionary(role => role.Name, StringComparer.Ordinal);
        defaults[BuiltInRoles.UserName] = BuiltInRoles.User with { Scopes = [.. BuiltInRoles.User.Scopes!, .. extraUserScopes] };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var complete = new List<RoleDefinition>();
        foreach (var role in declared)
        {
            if (!seen.Add(role.Name))
            {
                throw new RoleException(role.Name, "is declared more than once; declare it in one place.");
            }

            complete.Add(Check(defaults.Remove(role.Name, out var standard) ? Override(role, standard) : role, engine));
        }

        return [.. BuiltInRoles.All.Where(role => defaults.ContainsKey(role.Name)).Select(role => Check(defaults[role.Name], engine)), .. complete];
    }

    private static RoleDefinition Override(RoleDefinition role, RoleDefinition standard)
    {
        if (role.Name == BuiltInRoles.AdminName && (Differs(role.Scopes, standard.Scopes!) || (role.Description ?? standard.Description) != standard.Description))
        {
            throw new RoleException(role.Name, "always means full control; leave its scopes and description out and declare another role.");
        }

        return role with { Description = role.Description ?? standard.Description, Scopes = role.Scopes ?? standard.Scopes };
    }

    private static bool Differs(IReadOnlyList<string>? scopes, IReadOnlyList<string> standard) =>
        scopes is not null && !standard.ToHashSet(StringComparer.Ordinal).SetEquals(scopes);

    private static RoleDefinition Check(RoleDefinition role, ScopeEngine engine)
    {
        if (!RoleNames.IsValid(role.Name))
        {
            throw new RoleException(role.Name, "has an invalid name: use 3 to 255 of a-z, 0-9, '-', '_', '~' and '.', beginning with a letter and ending with a letter or digit.");
        }

        try
        {
            engine.Validate(role.Scopes ?? []);
        }
        catch (ScopeException exception)
        {
            throw new RoleException(role.Name, $"cannot be used: {exception.Message}", exception);
        }

        return role;
    }
}
