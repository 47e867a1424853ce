namespace JupyterHub.Core.Authentication;

/// <summary>What a person typed into the sign-in form.</summary>
/// <param name="Username">The name as typed, trimmed; not normalised yet.</param>
/// <param name="Password">The password as typed.</param>
/// <param name="OneTimeCode">The code of a second factor, when the authenticator asks for one.</param>
public sealed record LoginForm(string Username, string Password, string? OneTimeCode = null)
{
    /// <summary>Never prints the password.</summary>
    public override string ToString() => nameof(LoginForm);
}
