using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authentication.AuthState;
using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Users;

/// <summary>Renames users, sets their admin flag and what authenticators left with them. Only administrators make or change administrators.</summary>
internal sealed class UserChange(IHubDatabase database, UserNames names, SignInPolicy policy, UserServers servers, ServerSupervisor supervisor, AuthStates states)
{
    /// <param name="userName">The user, exactly as the database has the name.</param>
    /// <param name="patch">What is to change.</param>
    /// <param name="byAdmin">Whether who asks may make administrators.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    public async Task<UserChangeResult> ApplyAsync(string userName, UserPatch patch, bool byAdmin, CancellationToken cancellationToken)
    {
        var newName = patch.Name;
        if (newName is not null && newName != userName && !names.TryGetCanonical(newName, out newName))
        {
            return new UserChangeResult(UserChangeOutcome.InvalidName, patch.Name!);
        }

        newName ??= userName;
        var outcome = await database.WriteAsync((db, token) => WriteAsync(db, userName, newName, patch, byAdmin, token), cancellationToken);
        if (outcome == UserChangeOutcome.Changed && newName != userName)
        {
            supervisor.ForgetAll(userName);
        }

        return new UserChangeResult(outcome, newName);
    }

    private async Task<UserChangeOutcome> WriteAsync(HubDbContext db, string userName, string newName, UserPatch patch, bool byAdmin, CancellationToken cancellationToken)
    {
        var user = await db.Users.SingleOrDefaultAsync(row => row.Name == userName, cancellationToken);
        var isRenamed = newName != userName;
        if (user is null)
        {
            return UserChangeOutcome.NotFound;
        }

        if (isRenamed && await db.Users.AnyAsync(row => row.Name == newName, cancellationToken))
        {
            return UserChangeOutcome.NameTaken;
        }

        if (!byAdmin && user.Admin)
        {
            return UserChangeOutcome.ChangesAdmin;
        }

        // A name that the settings make an administrator's would be one at the next start, with the cookies and tokens of today.
        if (!byAdmin && (patch.Admin == true || (isRenamed && policy.IsAdmin(newName))))
        {
            return UserChangeOutcome.MakesAdmin;
        }

        if (isRenamed && await servers.AnyActiveAsync(db, user, cancellationToken))
        {
            return UserChangeOutcome.HasActiveServers;
        }

        if (isRenamed)
        {
            user.Name = newName;
            await RenameSharesAsync(db, user.Id, userName, newName, cancellationToken);
        }

        if (patch.AuthState is not null)
        {
            user.EncryptedAuthState = states.Encrypt(patch.AuthState);
        }

        if (patch.Admin is { } flag)
        {
            user.Admin = flag;
            await db.SaveChangesAsync(cancellationToken);
            await DefaultRoleAssignment.AssignAsync(db, user, cancellationToken);
        }

        return UserChangeOutcome.Changed;
    }

    /// <summary>Shares name their server in their scopes: they stay with the server, and say nothing about the next user of the old name.</summary>
    private static async Task RenameSharesAsync(HubDbContext db, int ownerId, string oldName, string newName, CancellationToken cancellationToken)
    {
        foreach (var share in await db.Shares.Where(row => row.OwnerId == ownerId).ToListAsync(cancellationToken))
        {
            share.Scopes = Rename(share.Scopes, oldName, newName);
        }

        foreach (var code in await db.ShareCodes.Where(row => row.OwnerId == ownerId).ToListAsync(cancellationToken))
        {
            code.Scopes = Rename(code.Scopes, oldName, newName);
        }
    }

    private static List<string> Rename(List<string> scopes, string oldName, string newName) =>
        [.. scopes.Select(scope => scope.Replace($"!server={oldName}/", $"!server={newName}/", StringComparison.Ordinal))];
}
