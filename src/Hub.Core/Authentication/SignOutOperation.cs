using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Authentication;

/// <summary>Ends one sign-in on the server: its cookie is refused from now on, and what the browser session obtained through OAuth is gone.</summary>
internal sealed class SignOutOperation(IHubDatabase database, LoginCookie cookie, HubEvents events, ILogger<SignOutOperation> logger)
{
    /// <summary>Signs out. Other sign-ins of the same user stay.</summary>
    /// <param name="login">Who signs out; nobody else's tokens are touched, whatever session id a request claims.</param>
    /// <param name="sessionId">The browser's session id, if it has a valid one.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <returns>How many tokens were deleted.</returns>
    public async Task<int> ExecuteAsync(Login login, string? sessionId, CancellationToken cancellationToken)
    {
        using var span = HubTrace.Begin("sign_out");
        int deleted;
        try
        {
            deleted = await WriteAsync(login, sessionId, cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another process signed the same login out between our look and our insert; the second try finds its row.
            deleted = await WriteAsync(login, sessionId, cancellationToken);
        }

        Log.SignedOut(logger, LogText.Bound(login.User.Name), deleted);
        events.Add(HubEventKind.SignedOut, login.User.Name);
        return deleted;
    }

    private Task<int> WriteAsync(Login login, string? sessionId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (context, token) =>
            {
                await cookie.RevokeAsync(context, login, token);
                if (sessionId is null)
                {
                    return 0;
                }

                var userId = login.User.Id;
                await context.OAuthCodes.Where(code => code.UserId == userId && code.SessionId == sessionId).ExecuteDeleteAsync(token);
                return await context.Tokens.Where(row => row.UserId == userId && row.SessionId == sessionId).ExecuteDeleteAsync(token);
            },
            cancellationToken);
}
