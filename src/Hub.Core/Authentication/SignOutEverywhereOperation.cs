using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Authentication;

/// <summary>Ends all sign-ins of a user at once, in every browser, with all that OAuth clients obtained through them. API tokens stay: they are no sign-ins.</summary>
internal sealed class SignOutEverywhereOperation(IHubDatabase database, ILogger<SignOutEverywhereOperation> logger)
{
    /// <param name="userName">The user, exactly as the database has the name.</param>
    /// <param name="mayChangeAdmins">Whether who asks has the admin flag, or is that user.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    public async Task<SignOutEverywhereOutcome> ExecuteAsync(string userName, bool mayChangeAdmins, CancellationToken cancellationToken)
    {
        var (outcome, deleted) = await database.WriteAsync((context, token) => WriteAsync(context, userName, mayChangeAdmins, token), cancellationToken);
        if (outcome == SignOutEverywhereOutcome.SignedOut)
        {
            Log.SignedOutEverywhere(logger, LogText.Bound(userName), deleted);
        }

        return outcome;
    }

    private static async Task<(SignOutEverywhereOutcome Outcome, int Tokens)> WriteAsync(
        HubDbContext context, string userName, bool mayChangeAdmins, CancellationToken cancellationToken)
    {
        if (await context.Users.AsTracking().SingleOrDefaultAsync(row => row.Name == userName, cancellationToken) is not { } user)
        {
            return (SignOutEverywhereOutcome.NotFound, 0);
        }

        if (user.Admin && !mayChangeAdmins)
        {
            return (SignOutEverywhereOutcome.ChangesAdmin, 0);
        }

        user.CookieId = HubUser.NewCookieId();
        var userId = user.Id;
        await context.OAuthCodes.Where(code => code.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        var deleted = await context.Tokens
            .Where(token => token.UserId == userId && (token.ClientId != OAuthClient.HubIdentifier || token.SessionId != null))
            .ExecuteDeleteAsync(cancellationToken);
        return (SignOutEverywhereOutcome.SignedOut, deleted);
    }
}
