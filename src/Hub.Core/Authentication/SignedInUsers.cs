using System.Text.Json.Nodes;
using JupyterHub.Core.Data;
using JupyterHub.Core.Events;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Authentication;

/// <summary>Keeps the row of a user who signs in: made on the first time, flag, default roles, info and what the authenticator leaves brought up to date each time.</summary>
internal sealed class SignedInUsers(IHubDatabase database, TimeProvider time, HubEvents events)
{
    /// <summary>Finds or makes the user; null if it must exist and does not.</summary>
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

    private Task<HubUser?> WriteAsync(string name, bool? admin, JsonObject? userInfo, byte[]? authState, bool mustExist, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (context, token) =>
            {
                var user = await context.Users.AsTracking().FirstOrDefaultAsync(row => row.Name == name, token);
                if (user is null)
                {
                    if (mustExist)
                    {
                        return null;
                    }

                    user = NewUser(name);
                    context.Users.Add(user);
                }

                user.Admin = admin ?? user.Admin;
                user.UserInfo = userInfo ?? user.UserInfo;
                user.EncryptedAuthState = authState;
                await context.SaveChangesAsync(token);
                await DefaultRoleAssignment.AssignAsync(context, user, token);
                return user;
            },
            cancellationToken);

    private HubUser NewUser(string name) => new()
    {
        Name = name,
        CookieId = HubUser.NewCookieId(),
        Created = time.GetHubTime(),
    };
}
