using System.Security.Cryptography;
using System.Text;

namespace JupyterHub.Core.Authentication;

/// <summary>Believes every name, with one password or with none.</summary>
internal sealed class DummyAuthenticator(DummyAuthenticatorOptions options) : IAuthenticator
{
    /// <summary>Name in the configuration.</summary>
    public const string TypeName = "dummy";

    public Task<AuthenticatedUser?> AuthenticateAsync(LoginForm form, CancellationToken cancellationToken) =>
        Task.FromResult(Fits(form.Password) ? new AuthenticatedUser(form.Username) : null);

    private bool Fits(string password) =>
        options.Password?.Reveal() is not { Length: > 0 } expected
        || CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(password)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
