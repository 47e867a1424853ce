using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Authentication.Identities;

/// <summary>Signs in whom a redirect login recognised: the same policy as for forms, on the user that the identity means.</summary>
internal sealed class RedirectSignInOperation(IdentifiedUsers users, HubMetrics metrics, HubEvents events, ILogger<RedirectSignInOperation> logger)
{
    public async Task<SignInResult> ExecuteAsync(ExternalLogin login, CancellationToken cancellationToken)
    {
        var began = metrics.Now;
        using var span = HubTrace.Begin("sign_in");
        var result = await EnterAsync(login, cancellationToken);
        span?.SetTag("hub.outcome", result.Outcome.ToString());
        metrics.SignedIn(result.Outcome == SignInOutcome.Success, began);
        Tell(login, result);
        return result;
    }

    private async Task<SignInResult> EnterAsync(ExternalLogin login, CancellationToken cancellationToken)
    {
        if (!login.IsIdentity)
        {
            Log.IdentityInvalid(logger, login.Login);
            return SignInResult.NameInvalid;
        }

        try
        {
            return await users.EnterAsync(login, cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another hub on the same database wrote the user or the identity between our look and our insert; the second try finds it.
            return await users.EnterAsync(login, cancellationToken);
        }
    }

    private void Tell(ExternalLogin login, SignInResult result)
    {
        var name = LogText.Bound(result.User?.Name ?? login.User.Name);
        switch (result.Outcome)
        {
            case SignInOutcome.Success:
                Log.SignedInThrough(logger, login.Login, name);
                events.Add(HubEventKind.SignedIn, result.User!.Name);
                break;
            case SignInOutcome.NameTaken:
                Log.NameTaken(logger, login.Login, name);
                break;
            case SignInOutcome.NotAllowed:
                Log.SignInNotAllowed(logger, name);
                break;
            default:
                Log.SignInNameInvalid(logger, name);
                break;
        }
    }
}
