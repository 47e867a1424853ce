namespace JupyterHub.Core.Authentication;

/// <summary>Stands where an authenticator would on a hub that people enter by redirect logins alone: there is no form, and nobody it could recognise.</summary>
internal sealed class NoFormAuthenticator : IAuthenticator
{
    /// <summary>Name in the configuration.</summary>
    public const string TypeName = "redirect";

    public Task<AuthenticatedUser?> AuthenticateAsync(LoginForm form, CancellationToken cancellationToken) => Task.FromResult<AuthenticatedUser?>(null);
}
