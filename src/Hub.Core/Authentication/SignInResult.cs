using JupyterHub.Core.Users;

namespace JupyterHub.Core.Authentication;

/// <summary>The end of a sign-in.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="User">Who is signed in, on success; <see cref="LoginCookie.Issue"/> takes the row's cookie id.</param>
internal sealed record SignInResult(SignInOutcome Outcome, HubUser? User)
{
    public static SignInResult WrongCredentials { get; } = new(SignInOutcome.WrongCredentials, null);

    public static SignInResult NotAllowed { get; } = new(SignInOutcome.NotAllowed, null);

    public static SignInResult NameTaken { get; } = new(SignInOutcome.NameTaken, null);

    public static SignInResult NameInvalid { get; } = new(SignInOutcome.NameInvalid, null);

    /// <summary>How long to wait before the next attempt is looked at.</summary>
    public TimeSpan RetryAfter { get; private init; }

    public static SignInResult TooManyAttempts(TimeSpan retryAfter) => new(SignInOutcome.TooManyAttempts, null) { RetryAfter = retryAfter };
}
