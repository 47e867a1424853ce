using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>Puts a refusal into words, and tells no more than the credential may read.</summary>
internal sealed class RoleRefusals(RoleChangePlan plan, RoleVisibility visible)
{
    private const int MostNamed = 20;
    private const int MostInText = 5;

    /// <summary>What roles look like to whoever may not know whether there are any.</summary>
    public const string Masked = "No access to resources or resources not found";

    /// <summary>Why the credential may not; null if it may.</summary>
    public RoleChangeException? Find(RoleChangeCheck check)
    {
        var unwritable = check.Unwritable();
        var beyond = check.Beyond();
        if (unwritable.Count == 0 && beyond.IsEmpty)
        {
            return null;
        }

        if (!IsKnown())
        {
            return new RoleChangeException(RoleChangeError.NotFound, Masked) { RequiredScopes = ["read:roles"] };
        }

        var scopes = unwritable.Select(entry => Written(entry.Kind, entry.Holder)).Concat(Missing(beyond)).Distinct(StringComparer.Ordinal).Take(MostNamed).ToList();
        return new RoleChangeException(RoleChangeError.Forbidden, Text(unwritable.Count > 0, scopes)) { RequiredScopes = scopes };
    }

    /// <summary>True if the credential may be told that there is this role: it asked for it to be made, or may read it or one of its holders.</summary>
    public bool IsKnown() => plan.Request is CreateRole || visible.IsUnrestricted || (plan.Before?.Holders ?? []).Any(holding => visible.CanName(holding.Holder));

    /// <summary>True if the credential may read what the role gives.</summary>
    public bool IsReadable() => plan.Request is CreateRole || visible.IsUnrestricted || (plan.Before?.Holders ?? []).Any(holding => visible.CanReadRolesOf(holding.Holder));

    private static string Text(bool isUnwritable, List<string> scopes)
    {
        var reason = isUnwritable
            ? "A role is changed by who may change all of its holders and holds all that it gives"
            : "A role is changed by who holds all that it gives, to each of its holders and for as long";
        var more = scopes.Count > MostInText ? ", …" : "";
        return $"{reason}; this credential lacks [{string.Join(", ", scopes.Take(MostInText))}{more}]";
    }

    private string Written(ResourceKind kind, ScopeOwner? holder)
    {
        var scope = RoleChangeCheck.WriteScope(kind);
        return holder is { } named && (plan.Named.ContainsKey(named) || visible.CanName(named))
            ? $"{scope}!{kind.ToString().ToLowerInvariant()}={named.Name}"
            : scope;
    }

    private IEnumerable<string> Missing(PermissionSet beyond) => beyond.IsEmpty ? [] : IsReadable() ? beyond.ToScopes() : ["read:roles"];
}
