using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>What a credential can hand on, read in the transaction in which it does so.</summary>
/// <remarks>
/// What others share with its owner is not for handing on, and what the owner holds for a time can be given for that time at most. A
/// token is taken without the access to its client, which it could not hand on either.
/// </remarks>
internal sealed class Grantor
{
    private readonly ScopeEngine engine;
    private readonly ScopeOwner owner;
    private readonly IReadOnlyList<HeldScopes> held;
    private readonly IReadOnlyList<string>? tokenScopes;
    private readonly Dictionary<DateTime, PermissionSet> known = [];

    private Grantor(ScopeEngine engine, ScopeOwner owner, IReadOnlyList<HeldScopes> held, IReadOnlyList<string>? tokenScopes, MembershipSnapshot membership)
    {
        (this.engine, this.owner, this.held, this.tokenScopes, Membership) = (engine, owner, held, tokenScopes, membership);
        Now = Compile(held);
    }

    /// <summary>True for a user with the admin flag.</summary>
    public bool IsAdminUser { get; private init; }

    public MembershipSnapshot Membership { get; }

    /// <summary>What it holds at the moment.</summary>
    public PermissionSet Now { get; }

    /// <exception cref="RoleChangeException">The user, service or token is gone.</exception>
    public static async Task<Grantor> ReadAsync(HubDbContext db, ScopeEngine engine, Requester requester, DateTime now, CancellationToken cancellationToken)
    {
        var name = requester.IsUser
            ? await db.Users.Where(row => row.Id == requester.Id).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken)
            : await db.Services.Where(row => row.Id == requester.Id).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken);
        var tokenId = requester.Token?.Id;
        var token = tokenId is null
            ? null
            : await db.Tokens.AsNoTracking().SingleOrDefaultAsync(row => row.Id == tokenId && (row.ExpiresAt == null || row.ExpiresAt >= now), cancellationToken);
        if (name is null || (tokenId is not null && token is null))
        {
            throw new RoleChangeException(RoleChangeError.Forbidden, "Missing or invalid credentials.");
        }

        var held = requester.IsUser
            ? await HeldRoles.OfUserAsync(db, requester.Id, now, cancellationToken)
            : await HeldRoles.OfServiceAsync(db, requester.Id, now, cancellationToken);
        var pairs = await db.UserGroups.Select(row => new KeyValuePair<string, string>(row.User!.Name, row.Group!.Name)).ToListAsync(cancellationToken);
        var owner = requester.IsUser ? ScopeOwner.User(name) : ScopeOwner.Service(name);
        return new Grantor(engine, owner, held, token?.Scopes, new MembershipSnapshot(0, pairs))
        {
            IsAdminUser = requester.IsUser && await db.Users.AnyAsync(row => row.Id == requester.Id && row.Admin, cancellationToken),
        };
    }

    /// <summary>What it will hold until then, as things stand.</summary>
    /// <param name="end">Null for ever.</param>
    public PermissionSet Until(DateTime? end)
    {
        var key = end ?? DateTime.MaxValue;
        if (!known.TryGetValue(key, out var permissions))
        {
            known[key] = permissions = Compile(held.Where(scopes => scopes.Until is not { } ends || ends >= key));
        }

        return permissions;
    }

    private PermissionSet Compile(IEnumerable<HeldScopes> roles)
    {
        var scopes = KnownScopes.Of(engine, roles.SelectMany(role => role.Scopes));
        var owned = engine.Expand(scopes, owner);
        return tokenScopes is null ? owned : engine.ForToken(KnownScopes.Of(engine, tokenScopes), owner, client: null, owned, Membership);
    }
}
