namespace JupyterHub.Core.Authentication;

/// <summary>Recognises people by what they type into the sign-in form.</summary>
public interface IAuthenticator
{
    /// <summary>Tells who this is, or null when name and password do not fit.</summary>
    /// <param name="form">What was typed; lengths are bounded before.</param>
    /// <param name="cancellationToken">Cancelled when the visitor goes away.</param>
    Task<AuthenticatedUser?> AuthenticateAsync(LoginForm form, CancellationToken cancellationToken);
}
