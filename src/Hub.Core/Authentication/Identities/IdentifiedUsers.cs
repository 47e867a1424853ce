using JupyterHub.Core.Authentication.AuthState;
using JupyterHub.Core.Data;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Authentication.Identities;

/// <summary>
/// Finds or makes the user that an identity means. A known identity is its user, whatever the name is now, there or here; an unknown one becomes a new
/// user, or one that there is, if nobody could take over an account by choosing its name (docs/design/0010-redirect-logins.md).
/// </summary>
internal sealed class IdentifiedUsers(
    IHubDatabase database, UserNames names, SignInPolicy policy, LoginIssuers issuers, AuthStates states, TimeProvider time)
{
    /// <summary>Decides and writes in one transaction.</summary>
    public Task<SignInResult> EnterAsync(ExternalLogin login, CancellationToken cancellationToken)
    {
        var authState = states.Encrypt(login.User.AuthState);
        return database.WriteAsync(
            async (context, token) =>
            {
                var identity = await context.Identities.AsTracking()
                    .FirstOrDefaultAsync(row => row.Issuer == login.Issuer && row.Subject == login.Subject, token);
                var (outcome, user) = identity is null
                    ? await AcceptAsync(context, login, token)
                    : await RecogniseAsync(context, login, identity, token);
                if (user is null)
                {
                    return new SignInResult(outcome, null);
                }

                var admin = login.User.Admin ?? (policy.IsAdmin(user.Name) ? true : null);
                await SignedInUsers.KeepAsync(context, user, admin, login.User.UserInfo, authState, token);
                Keep(context, login, identity, user);
                return new SignInResult(SignInOutcome.Success, user);
            },
            cancellationToken);
    }

    private async Task<(SignInOutcome Outcome, HubUser? User)> RecogniseAsync(
        HubDbContext context, ExternalLogin login, ExternalIdentity identity, CancellationToken token)
    {
        var user = await context.Users.AsTracking().FirstAsync(row => row.Id == identity.UserId, token);
        return policy.Decide(user.Name, login.User.Allowed) == Admission.Refused ? (SignInOutcome.NotAllowed, null) : (SignInOutcome.Success, user);
    }

    private async Task<(SignInOutcome Outcome, HubUser? User)> AcceptAsync(HubDbContext context, ExternalLogin login, CancellationToken token)
    {
        if (!names.TryGetCanonical(login.User.Name, out var name))
        {
            return (SignInOutcome.NameInvalid, null);
        }

        var admission = policy.Decide(name, login.User.Allowed);
        if (admission == Admission.Refused)
        {
            return (SignInOutcome.NotAllowed, null);
        }

        if (await context.Users.AsTracking().FirstOrDefaultAsync(row => row.Name == name, token) is { } known)
        {
            return await MayBecomeAsync(context, login, known, token) ? (SignInOutcome.Success, known) : (SignInOutcome.NameTaken, null);
        }

        if (admission == Admission.GrantedIfKnown)
        {
            return (SignInOutcome.NotAllowed, null);
        }

        // Lists of names speak of people whom the operator knows by these names, not of whoever takes one of them elsewhere.
        return login.Trust == NameTrust.None && policy.IsListed(name)
            ? (SignInOutcome.NameTaken, null)
            : (SignInOutcome.Success, SignedInUsers.Add(context, name, time));
    }

    private async Task<bool> MayBecomeAsync(HubDbContext context, ExternalLogin login, HubUser user, CancellationToken token)
    {
        if (login.Trust == NameTrust.None)
        {
            return false;
        }

        var others = await context.Identities.AsNoTracking().Where(row => row.UserId == user.Id).Select(row => row.Issuer).ToListAsync(token);
        return others.Count == 0 || (login.Trust == NameTrust.Declared && others.TrueForAll(issuer => issuer != login.Issuer && !issuers.IsForeign(issuer)));
    }

    private void Keep(HubDbContext context, ExternalLogin login, ExternalIdentity? identity, HubUser user)
    {
        var now = time.GetHubTime();
        if (identity is not null)
        {
            identity.LastUsedAt = now;
            return;
        }

        context.Identities.Add(new ExternalIdentity
        {
            Issuer = login.Issuer, Subject = login.Subject, UserId = user.Id, CreatedAt = now, LastUsedAt = now,
        });
    }
}
