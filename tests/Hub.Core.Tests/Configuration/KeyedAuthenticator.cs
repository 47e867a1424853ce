using JupyterHub.Core.Authentication;

namespace JupyterHub.Core.Tests.Configuration;

internal sealed class KeyedAuthenticator(KeyedAuthenticatorOptions options) : IAuthenticator
{
    public Task<AuthenticatedUser?> AuthenticateAsync(LoginForm form, CancellationToken cancellationToken) =>
        Task.FromResult(options.Password?.Reveal() == form.Password ? new AuthenticatedUser(form.Username) : null);
}
