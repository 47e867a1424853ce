using JupyterHub.Core.Roles;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Configuration.Validation;

/// <summary>Checks declared scopes, roles and groups as far as that needs no database.</summary>
internal static class RoleDeclarationsValidator
{
    private const int LongestName = 255;
    private const int LongestDescription = 1023;

    /// <returns>All scopes that exist, declared ones included.</returns>
    public static ScopeCatalog Validate(JupyterHubOptions hub, SettingChecks checks)
    {
        var catalog = ReadScopes(hub, checks);
        RequireScopes(Path(nameof(hub.ExtraUserScopes)), hub.ExtraUserScopes, catalog, checks);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, role) in hub.LoadRoles.Index())
        {
            var path = $"{Path(nameof(hub.LoadRoles))}:{index}";
            ValidateRole(role, path, catalog, checks);
            checks.Require(known.Add(role.Name), $"{path}:{nameof(role.Name)}", $"declares the role {SettingErrors.Quote(role.Name)} again; declare it in one place");
        }

        foreach (var (name, group) in hub.LoadGroups)
        {
            var path = $"{Path(nameof(hub.LoadGroups))}:{name}";
            checks.Require(IsName(name), path, "must have a name of at most 255 characters");
            RequireNames($"{path}:{nameof(group.Users)}", group.Users, checks);
        }

        return catalog;
    }

    /// <summary>Checks that scopes exist, and points at the first that does not.</summary>
    public static void RequireScopes(string path, IEnumerable<string> scopes, ScopeCatalog catalog, SettingChecks checks)
    {
        foreach (var (index, scope) in scopes.Index())
        {
            if (!catalog.TryParse(scope, out _, out var error))
            {
                throw checks.Error($"{path}:{index}", $"cannot be used: {error.Message.TrimEnd('.')}");
            }
        }
    }

    private static ScopeCatalog ReadScopes(JupyterHubOptions hub, SettingChecks checks)
    {
        try
        {
            return DeclaredScopes.CreateCatalog(hub);
        }
        catch (ScopeException exception)
        {
            throw checks.Error($"{Path(nameof(hub.CustomScopes))}:{exception.Error.Scope}", $"is no scope to declare: {exception.Message.TrimEnd('.')}");
        }
    }

    private static void ValidateRole(RoleDeclaration role, string path, ScopeCatalog catalog, SettingChecks checks)
    {
        checks.Require(
            RoleNames.IsValid(role.Name),
            $"{path}:{nameof(role.Name)}",
            "must be 3 to 255 of a-z, 0-9, '-', '_', '~' and '.', beginning with a letter and ending with a letter or digit");
        checks.Require(role.Description is null or { Length: <= LongestDescription }, $"{path}:{nameof(role.Description)}", $"must have at most {LongestDescription} characters");
        RequireScopes($"{path}:{nameof(role.Scopes)}", role.Scopes ?? [], catalog, checks);
        RequireNames($"{path}:{nameof(role.Users)}", role.Users ?? [], checks);
        RequireNames($"{path}:{nameof(role.Groups)}", role.Groups ?? [], checks);
        RequireNames($"{path}:{nameof(role.Services)}", role.Services ?? [], checks);
    }

    private static void RequireNames(string path, IEnumerable<string> names, SettingChecks checks)
    {
        foreach (var (index, name) in names.Index())
        {
            checks.Require(IsName(name), $"{path}:{index}", "must be a name of at most 255 characters");
        }
    }

    private static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && name.Length <= LongestName && !name.Contains('\0', StringComparison.Ordinal);

    private static string Path(string name) => $"{KnownSettings.Root}:{name}";
}
