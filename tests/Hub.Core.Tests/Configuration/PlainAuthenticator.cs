using JupyterHub.Core.Authentication;

namespace JupyterHub.Core.Tests.Configuration;

internal sealed class PlainAuthenticator(AuthenticatorOptions options) : IAuthenticator
{
    public AuthenticatorOptions Options => options;

    public Task<AuthenticatedUser?> AuthenticateAsync(LoginForm form, CancellationToken cancellationToken) => Task.FromResult<AuthenticatedUser?>(null);
}
