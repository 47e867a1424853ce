using System.Diagnostics.CodeAnalysis;
using System.Net;
using JupyterHub.Core.Authentication.AuthState;
using JupyterHub.Core.Authentication.Throttling;
using JupyterHub.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Authentication;

/// <summary>Signs a person in by a form: recognise, normalise, decide, then make or find the user.</summary>
internal sealed class SignInOperation(
    IAuthenticator authenticator,
    UserNames names,
    SignInPolicy policy,
    SignedInUsers users,
    AuthStates states,
    SignInThrottle throttle,
    HubMetrics metrics,
    ILogger<SignInOperation> logger)
{
    /// <summary>Longer passwords are refused unread: hashing them would be work that strangers ask for.</summary>
    public const int LongestPassword = 4096;

    private const int LongestOneTimeCode = 256;

    /// <summary>Tells whose credentials these are without signing anybody in; null if they do not fit, their owner may not enter, or too many did not fit just now.</summary>
    public async Task<string?> IdentifyAsync(LoginForm form, IPAddress? address, CancellationToken cancellationToken)
    {
        using var attempt = await throttle.BeginAsync(AccountOf(form), address, cancellationToken);
        if (attempt.RetryAfter is not null)
        {
            Log.SignInThrottled(logger, LogText.Bound(form.Username));
            return null;
        }

        var recognised = await RecogniseAsync(form, cancellationToken);
        attempt.End(wasRight: recognised is not null);
        string? name = null;
        var isAdmitted = recognised is not null && TryGetName(recognised, out name) && policy.Decide(name, recognised.Allowed) != Admission.Refused;
        return isAdmitted && !await users.SignsInElsewhereAsync(name!, cancellationToken) ? name : null;
    }

    /// <summary>Signs in, unless this address or this account has seen too many wrong passwords just now.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="address">Where it comes from, as far as that can be believed.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    public async Task<SignInResult> ExecuteAsync(LoginForm form, IPAddress? address, CancellationToken cancellationToken)
    {
        using var attempt = await throttle.BeginAsync(AccountOf(form), address, cancellationToken);
        if (attempt.RetryAfter is { } wait)
        {
            Log.SignInThrottled(logger, LogText.Bound(form.Username));
            return SignInResult.TooManyAttempts(wait);
        }

        var result = await MeasureAsync(form, cancellationToken);
        attempt.End(wasRight: result.Outcome != SignInOutcome.WrongCredentials);
        return result;
    }

    private async Task<SignInResult> MeasureAsync(LoginForm form, CancellationToken cancellationToken)
    {
        var began = metrics.Now;
        using var span = HubTrace.Begin("sign_in");
        var result = await DecideAsync(form, cancellationToken);
        span?.SetTag("hub.outcome", result.Outcome.ToString());
        metrics.SignedIn(result.Outcome == SignInOutcome.Success, began);
        return result;
    }

    private async Task<SignInResult> DecideAsync(LoginForm form, CancellationToken cancellationToken)
    {
        if (await RecogniseAsync(form, cancellationToken) is not { } recognised)
        {
            return SignInResult.WrongCredentials;
        }

        if (!TryGetName(recognised, out var name))
        {
            return SignInResult.NotAllowed;
        }

        var admission = policy.Decide(name, recognised.Allowed);
        var user = admission == Admission.Refused
            ? null
            : await users.EnterAsync(
                name,
                recognised.Admin ?? (policy.IsAdmin(name) ? true : null),
                recognised.UserInfo,
                states.Encrypt(recognised.AuthState),
                mustExist: admission == Admission.GrantedIfKnown,
                cancellationToken);
        if (user is null)
        {
            Log.SignInNotAllowed(logger, LogText.Bound(name));
            return SignInResult.NotAllowed;
        }

        Log.SignedIn(logger, LogText.Bound(name));
        return new SignInResult(SignInOutcome.Success, user);
    }

    private async Task<AuthenticatedUser?> RecogniseAsync(LoginForm form, CancellationToken cancellationToken)
    {
        var recognised = IsBounded(form) ? await authenticator.AuthenticateAsync(form, cancellationToken) : null;
        if (recognised is null)
        {
            Log.SignInFailed(logger, LogText.Bound(form.Username));
        }

        return recognised;
    }

    private bool TryGetName(AuthenticatedUser recognised, [NotNullWhen(true)] out string? name)
    {
        if (names.TryGetCanonical(recognised.Name, out name))
        {
            return true;
        }

        Log.SignInNameInvalid(logger, LogText.Bound(recognised.Name));
        return false;
    }

    private string? AccountOf(LoginForm form) => form.Username.Length is > 0 and <= UserNames.Longest ? names.Normalize(form.Username) : null;

    private static bool IsBounded(LoginForm form) =>
        form.Username.Length is > 0 and <= UserNames.Longest
        && form.Password.Length <= LongestPassword
        && (form.OneTimeCode?.Length ?? 0) <= LongestOneTimeCode;
}
