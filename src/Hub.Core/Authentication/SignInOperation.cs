using System.Diagnostics.CodeAnalysis;
using JupyterHub.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Authentication;

/// <summary>Signs a person in by a form: recognise, normalise, decide, then make or find the user.</summary>
internal sealed class SignInOperation(
    IAuthenticator authenticator, UserNames names, SignInPolicy policy, SignedInUsers users, ILogger<SignInOperation> logger)
{
    /// <summary>Longer passwords are refused unread: hashing them would be work that strangers ask for.</summary>
    public const int LongestPassword = 4096;

    private const int LongestOneTimeCode = 256;

    /// <summary>Tells whose credentials these are without signing anybody in; null if they do not fit or their owner may not enter.</summary>
    public async Task<string?> IdentifyAsync(LoginForm form, CancellationToken cancellationToken) =>
        await RecogniseAsync(form, cancellationToken) is { } recognised
        && TryGetName(recognised, out var name)
        && policy.Decide(name, recognised.Allowed) != Admission.Refused
            ? name
            : null;

    public async Task<SignInResult> ExecuteAsync(LoginForm form, CancellationToken cancellationToken)
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

    private static bool IsBounded(LoginForm form) =>
        form.Username.Length is > 0 and <= UserNames.Longest
        && form.Password.Length <= LongestPassword
        && (form.OneTimeCode?.Length ?? 0) <= LongestOneTimeCode;
}
