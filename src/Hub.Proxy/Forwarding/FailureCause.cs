using System.Net.Sockets;
using System.Security.Authentication;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Why a server could not be spoken to, in a few words that hold nothing of the request or the answer.</summary>
internal static class FailureCause
{
    /// <summary>The innermost failure that an operator can do something about; null when nothing is known.</summary>
    public static string? Describe(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
            {
                return socket.SocketErrorCode.ToString();
            }

            // Its message names what is wrong with the certificate, by constants of the framework.
            if (cause is AuthenticationException)
            {
                return cause.InnerException is null ? cause.Message : $"{cause.Message} {cause.InnerException.Message}";
            }
        }

        return exception is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http
            ? http.HttpRequestError.ToString()
            : exception?.GetType().Name;
    }
}
