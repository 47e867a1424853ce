namespace JupyterHub.Core.Authentication;

/// <summary>
/// Two passwords for everybody, for short events and first steps: one for the administrators, one for all others.
/// Whoever knows the users' password can be any user who is no administrator.
/// </summary>
internal sealed class SharedPasswordAuthenticator(SharedPasswords passwords, SignInPolicy policy, UserNames names) : IAuthenticator
{
    /// <summary>Name in the configuration.</summary>
    public const string TypeName = "shared-password";

    // A hash that nothing fits, so that a missing password takes as long as a wrong one.
    private static readonly Lazy<string> Nothing = new(() => PasswordHash.Create(Guid.NewGuid().ToString()));

    public async Task<AuthenticatedUser?> AuthenticateAsync(LoginForm form, CancellationToken cancellationToken)
    {
        // The name is normalised before the lists are asked: "Ada" must not get into the account of the administrator "ada" with the users' password.
        var name = names.Normalize(form.Username);
        var isAdmin = policy.IsAdmin(name);
        var hash = await passwords.HashOfAsync(isAdmin ? SharedPasswordKind.Admin : SharedPasswordKind.User, cancellationToken);
        var fits = PasswordHash.Verify(form.Password, hash ?? Nothing.Value);
        return fits && hash is not null ? new AuthenticatedUser(name) { Admin = isAdmin } : null;
    }
}
