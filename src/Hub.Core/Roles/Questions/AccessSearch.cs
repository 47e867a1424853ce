using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Rbac.Explanations;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles.Questions;

/// <summary>Answers who may do something, a page at a time.</summary>
/// <remarks>
/// What a role gives to everybody who holds it does not depend on the holder, so it is asked once for each role, and the database finds the
/// holders. What depends on the holder (<c>self</c>, <c>!user</c>) covers nobody but the entity's own user or service.
/// </remarks>
internal sealed class AccessSearch(IHubDatabase database, ScopeEngine engine, TimeProvider time)
{
    /// <exception cref="RoleChangeException">The requester may not read all that the answer tells.</exception>
    /// <exception cref="JupyterHub.Rbac.Scopes.ScopeException">There is no such scope.</exception>
    public Task<AccessHolders> FindAsync(string scope, Resource? resource, Requester requester, int offset, int limit, CancellationToken cancellationToken)
    {
        CheckReadable(requester, resource);
        var needed = engine.Catalog[scope];
        return database.ReadAsync(
            async (db, token) =>
            {
                var now = time.GetHubTime();
                var worlds = new AccessWorlds(db, engine, requester.Authority.Membership, now);
                var sources = await new AccessSources(db, engine, requester.Authority.Membership, now).FindAsync(needed, resource, worlds, token);
                var users = sources.Users(db, now).OrderBy(user => user.Name).Select(user => user.Name);
                var services = sources.Services(db, now).OrderBy(service => service.Name).Select(service => service.Name);
                var userCount = await users.CountAsync(token);
                var total = userCount + await services.CountAsync(token);
                List<ScopeOwner> page = [.. (await users.Skip(offset).Take(limit).ToListAsync(token)).Select(ScopeOwner.User)];
                page.AddRange((await services.Skip(Math.Max(0, offset - userCount)).Take(limit - page.Count).ToListAsync(token)).Select(ScopeOwner.Service));
                var world = await worlds.ReadAsync(page, token);
                return new AccessHolders(total, [.. page.Select(who => AccessExplainer.Explain(world, who, scope, resource))]);
            },
            cancellationToken);
    }

    /// <summary>The answer names holders of roles, members of groups and those with whom servers are shared.</summary>
    private static void CheckReadable(Requester requester, Resource? resource)
    {
        List<string> needed = ["read:roles", "read:groups"];
        if (resource is { Kind: ResourceKind.Server })
        {
            needed.AddRange(["read:users:shares", "read:groups:shares"]);
        }

        var missing = needed.Where(scope => !requester.Allows(scope)).ToList();
        if (missing.Count > 0)
        {
            throw new RoleChangeException(RoleChangeError.Forbidden, $"Who may do something can be asked by who may read all that it depends on; missing: {string.Join(", ", missing)}")
            {
                RequiredScopes = missing,
            };
        }
    }
}
