using System.Security.Cryptography;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Data;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Roles;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Hosting;

/// <summary>Puts into the database what a hub cannot do without: default roles, its own OAuth client, and the users that the configuration names.</summary>
/// <remarks>Roles that an operator brought along are left alone: this version cannot be told of them in its configuration yet.</remarks>
internal sealed class HubInitializer(IHubDatabase database, AuthenticatorOptions authenticator, UserNames names, TimeProvider time)
{
    public Task InitializeAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var roles = await EnsureRolesAsync(db, token);
                await EnsureHubClientAsync(db, token);
                await EnsureUsersAsync(db, roles, token);
            },
            cancellationToken);

    private static async Task<Dictionary<string, HubRole>> EnsureRolesAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var roles = new Dictionary<string, HubRole>(StringComparer.Ordinal);
        foreach (var wanted in BuiltInRoles.All)
        {
            var role = await db.Roles.SingleOrDefaultAsync(row => row.Name == wanted.Name, cancellationToken);
            if (role is null)
            {
                role = new HubRole { Name = wanted.Name, Description = wanted.Description, Scopes = [.. wanted.Scopes!] };
                db.Roles.Add(role);
            }
            else if (wanted.Name == BuiltInRoles.AdminName && !wanted.Scopes!.ToHashSet(StringComparer.Ordinal).SetEquals(role.Scopes))
            {
                role.Scopes = [.. wanted.Scopes!];
            }

            roles[wanted.Name] = role;
        }

        await db.SaveChangesAsync(cancellationToken);
        return roles;
    }

    private static async Task EnsureHubClientAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        if (!await db.OAuthClients.AnyAsync(client => client.Identifier == OAuthClient.HubIdentifier, cancellationToken))
        {
            db.OAuthClients.Add(new OAuthClient { Identifier = OAuthClient.HubIdentifier, Description = "JupyterHub", Secret = "", RedirectUri = "" });
        }
    }

    private async Task EnsureUsersAsync(HubDbContext db, Dictionary<string, HubRole> roles, CancellationToken cancellationToken)
    {
        var admins = authenticator.AdminUsers.Select(names.Normalize).ToHashSet(StringComparer.Ordinal);
        var wanted = authenticator.AllowedUsers.Select(names.Normalize).Concat(admins).ToHashSet(StringComparer.Ordinal);
        var isFirstUseOfRoles = !await db.UserRoles.AnyAsync(cancellationToken);
        var known = await db.Users.Include(user => user.Roles)
            .Where(user => isFirstUseOfRoles || user.Admin || wanted.Contains(user.Name))
            .ToDictionaryAsync(user => user.Name, StringComparer.Ordinal, cancellationToken);
        foreach (var name in wanted.Where(name => !known.ContainsKey(name)))
        {
            var user = new HubUser { Name = name, CookieId = RandomNumberGenerator.GetHexString(32, lowercase: true), Created = time.GetUtcNow().UtcDateTime };
            db.Users.Add(user);
            known[name] = user;
        }

        foreach (var user in known.Values)
        {
            user.Admin |= admins.Contains(user.Name);
            if (user.Admin)
            {
                Grant(user, roles[BuiltInRoles.AdminName]);
            }

            if (isFirstUseOfRoles || wanted.Contains(user.Name))
            {
                Grant(user, roles[BuiltInRoles.UserName]);
            }
        }
    }

    private static void Grant(HubUser user, HubRole role)
    {
        if (user.Roles.All(held => held.RoleId != role.Id))
        {
            user.Roles.Add(new UserRole { RoleId = role.Id });
        }
    }
}
