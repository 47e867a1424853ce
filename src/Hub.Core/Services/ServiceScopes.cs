using JupyterHub.Core.Authorization;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Services;

/// <summary>Whether somebody may make a service that gets certain scopes: nobody gives what their own credential does not give them.</summary>
internal static class ServiceScopes
{
    private static readonly string[] ShortFilters = ["!user", "!service", "!server"];

    /// <summary>Why not, in words for the requester; null if they may.</summary>
    /// <exception cref="ScopeException">A scope does not exist.</exception>
    public static string? Refusal(ScopeEngine engine, Requester requester, ServiceDraft draft)
    {
        engine.Validate(draft.AllowedScopes);
        var wanted = draft.AllowedScopes.SelectMany(Widest).Concat(draft.Admin ? BuiltInRoles.Admin.Scopes! : []).ToList();
        if (wanted.Count == 0)
        {
            return null;
        }

        var owner = requester.IsUser ? ScopeOwner.User(requester.Name) : ScopeOwner.Service(requester.Name);
        var excess = engine.BeyondOwner(wanted, owner, client: null, requester.Authority.Permissions, requester.Authority.Membership);
        return excess.IsEmpty ? null : $"Not assigning requested scopes {Shown(excess)} not held by {(requester.IsUser ? "User" : "Service")} {requester.Name}";
    }

    /// <summary>
    /// What a scope can come to mean. In a client's scopes <c>!user</c>, <c>self</c> and <c>inherit</c> are those of whoever signs in, which
    /// may be anybody: making such a client takes the scope for everybody.
    /// </summary>
    private static IEnumerable<string> Widest(string scope) => scope switch
    {
        "inherit" => BuiltInRoles.Admin.Scopes!,
        _ when scope.Split('!', 2)[0] == "inherit" => BuiltInRoles.Admin.Scopes!,
        _ when scope.Split('!', 2)[0] == "self" => EverybodysOwn(),
        _ when Array.Find(ShortFilters, filter => scope.EndsWith(filter, StringComparison.Ordinal)) is { } filter => [scope[..^filter.Length]],
        _ => [scope],
    };

    private static IEnumerable<string> EverybodysOwn() =>
        ScopeEngine.BuiltIn.Expand(["self"], ScopeOwner.User("")).ToScopes().Select(scope => scope.Split('!', 2)[0]).Distinct(StringComparer.Ordinal);

    private static string Shown(PermissionSet scopes)
    {
        const int mostShown = 5;
        var names = scopes.ToScopes();
        return "[" + string.Join(", ", names.Take(mostShown)) + (names.Count > mostShown ? $", and {names.Count - mostShown} more" : "") + "]";
    }
}
