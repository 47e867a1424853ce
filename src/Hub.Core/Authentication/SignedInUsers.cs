using System.Text.Json.Nodes;
using JupyterHub.Core.Authentication.Identities;
using JupyterHub.Core.Data;
using JupyterHub.Core.Events;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Authentication;

/// <summary>Keeps the row of a user who signs in: made on the first time, flag, default roles, info and what the authenticator leaves brought up to date each time.</summary>
internal sealed class SignedInUsers(IHubDatabase database, LoginIssuers issuers, TimeProvider time, HubEvents events)
{
    /// <summary>Finds or makes the user; null if it must exist and does not, or if it is somebody who signs in elsewhere.</summary>
    public async Task<HubUser?> EnterAsync(string name, bool? admin, JsonObject? userInfo, byte[]? authState, bool mustExist, CancellationToken cancellationToken)
    {
        HubUser? user;
        try
        {
            user = await WriteAsync(name, admin, userInfo, authState, mustExist, cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another hub on the same database made the user between our look and our insert; the second try finds the row.
            user = await WriteAsync(name, admin, userInfo, authState, mustExist, cancellationToken);
        }

        if (user is not null)
        {
            events.Add(HubEventKind.SignedIn, user.Name);
        }

        return user;
    }

    /// <summary>True if the user came by a login whose names mean nothing here: a form that knows somebody of that name knows somebody else.</summary>
    public Task<bool> SignsInElsewhereAsync(string name, CancellationToken cancellationToken) =>
        issuers.HasForeign
            ? database.ReadAsync(
                async (context, token) => await context.Users.FirstOrDefaultAsync(row => row.Name == name, token) is { } user && await SignsInElsewhereAsync(context, user, token),
                cancellationToken)
            : Task.FromResult(false);

    /// <summary>Adds a user to a write that is under way.</summary>
    public static HubUser Add(HubDbContext context, string name, TimeProvider time)
    {
        var user = new HubUser { Name = name, CookieId = HubUser.NewCookieId(), Created = time.GetHubTime() };
        context.Users.Add(user);
        return user;
    }

    /// <summary>Brings a tracked user up to date within a write that is under way.</summary>
    public static async Task KeepAsync(HubDbContext context, HubUser user, bool? admin, JsonObject? userInfo, byte[]? authState, CancellationToken cancellationToken)
    {
        user.Admin = admin ?? user.Admin;
        user.UserInfo = userInfo ?? user.UserInfo;
        user.EncryptedAuthState = authState;
        await context.SaveChangesAsync(cancellationToken);
        await DefaultRoleAssignment.AssignAsync(context, user, cancellationToken);
    }

    private Task<HubUser?> WriteAsync(string name, bool? admin, JsonObject? userInfo, byte[]? authState, bool mustExist, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (context, token) =>
            {
                var user = await context.Users.AsTracking().FirstOrDefaultAsync(row => row.Name == name, token);
                if (user is null ? mustExist : await SignsInElsewhereAsync(context, user, token))
                {
                    return null;
                }

                user ??= Add(context, name, time);
                await KeepAsync(context, user, admin, userInfo, authState, token);
                return user;
            },
            cancellationToken);

    private async Task<bool> SignsInElsewhereAsync(HubDbContext context, HubUser user, CancellationToken cancellationToken)
    {
        if (!issuers.HasForeign)
        {
            return false;
        }

        var known = await context.Identities.AsNoTracking().Where(row => row.UserId == user.Id).Select(row => row.Issuer).ToListAsync(cancellationToken);
        return known.Exists(issuers.IsForeign);
    }
}
