using JupyterHub.AspNetCore.Logins;

namespace JupyterHub.OpenIdConnect;

/// <summary>Ends a sign-in. The text is for the log and holds nothing that somebody outside wrote.</summary>
internal sealed class LoginProblemException(LoginFailure failure, string reason, Exception? inner = null) : Exception(reason, inner)
{
    public LoginFailure Failure => failure;

    public static LoginProblemException Rejected(string reason, Exception? inner = null) => new(LoginFailure.Rejected, reason, inner);

    public static LoginProblemException Unavailable(string reason, Exception? inner = null) => new(LoginFailure.Unavailable, reason, inner);
}
