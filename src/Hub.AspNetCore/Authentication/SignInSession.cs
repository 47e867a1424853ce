using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Xsrf;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Authentication;

/// <summary>Gives a browser the session of a user who has just signed in, whichever way.</summary>
internal sealed class SignInSession(SignOutOperation signOut, LoginCookie logins, XsrfGate xsrf)
{
    public async Task EnterAsync(HubRequest request, HubUser user)
    {
        if (request.Login is { } before && before.User.Id != user.Id)
        {
            // Nobody could sign that one out any more once its cookie is replaced.
            await signOut.ExecuteAsync(before, request.Known.SessionId, request.Aborted);
        }

        if (request.Login?.User.Id == user.Id)
        {
            xsrf.Renew(request, request.Known.SessionId ?? "", user.CookieId);
            return;
        }

        // A session id from before could be one that somebody else planted.
        var sessionId = SessionId.Create();
        HubCookies.SetSession(request, sessionId);
        HubCookies.SetLogin(request, logins.Issue(user.CookieId));
        xsrf.Renew(request, sessionId, user.CookieId);
    }
}
