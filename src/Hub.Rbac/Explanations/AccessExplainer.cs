using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Explanations;

/// <summary>Explains decisions and answers who could make them.</summary>
public static class AccessExplainer
{
    /// <summary>Why a user, service or group may or may not do something.</summary>
    /// <param name="world">Everything that the decision depends on.</param>
    /// <param name="who">Whom the decision is about.</param>
    /// <param name="scope">The scope that is needed.</param>
    /// <param name="resource">The entity that it is needed for; null if it has to be held without a filter.</param>
    /// <exception cref="ScopeException">There is no such scope.</exception>
    public static Explanation Explain(RbacWorld world, ScopeOwner who, string scope, Resource? resource)
    {
        ArgumentNullException.ThrowIfNull(world);
        return new AccessInquiry(world, who, null, world.Engine.Catalog[scope], resource).Explain();
    }

    /// <summary>Why a token may or may not do something.</summary>
    /// <param name="world">Everything that the decision depends on.</param>
    /// <param name="token">The token.</param>
    /// <param name="scope">The scope that is needed.</param>
    /// <param name="resource">The entity that it is needed for; null if it has to be held without a filter.</param>
    /// <exception cref="ScopeException">There is no such scope.</exception>
    public static Explanation Explain(RbacWorld world, TokenGrant token, string scope, Resource? resource)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(token);
        return new AccessInquiry(world, token.Owner, token, world.Engine.Catalog[scope], resource).Explain();
    }

    /// <summary>All users and services that may do something, in the order of <see cref="RbacWorld.Principals"/>.</summary>
    /// <param name="world">Everything that the decision depends on.</param>
    /// <param name="scope">The scope that is needed.</param>
    /// <param name="resource">The entity that it is needed for; null if it has to be held without a filter.</param>
    /// <exception cref="ScopeException">There is no such scope.</exception>
    public static IReadOnlyList<ScopeOwner> WhoCan(RbacWorld world, string scope, Resource? resource)
    {
        ArgumentNullException.ThrowIfNull(world);
        var needed = world.Engine.Catalog[scope];
        return world.Principals.Where(who => AccessInquiry.Allows(world.PermissionsOf(who), needed, resource, world.Membership)).ToArray();
    }
}
