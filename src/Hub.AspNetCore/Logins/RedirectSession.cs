using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Pages;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authentication.Identities;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>Brings a redirect login to its end: signs in whom it brought back, or shows the sign-in page with the reason why not.</summary>
internal sealed class RedirectSession(
    RedirectLogins logins, RedirectSignInOperation signIn, SignInSession session, NextAddress nextAddress, PageRunner pages, ILogger<RedirectSession> logger)
{
    public async Task EndAsync(HubRequest request, RedirectLogin login)
    {
        var answer = await login.ReturnAsync(request);
        if (answer.Principal is not { } principal)
        {
            await FailAsync(request, login, answer);
            return;
        }

        if (ClaimsReader.Read(login, logins.TrustOf(login), principal, answer.AuthState) is not { } person)
        {
            await FailAsync(request, login, LoginReturn.Failed(LoginFailure.NotAllowed, "the claims name nobody, or the application refused", answer.Next));
            return;
        }

        var result = await signIn.ExecuteAsync(person, request.Aborted);
        if (result is { Outcome: SignInOutcome.Success, User: { } user })
        {
            await session.EnterAsync(request, user);
            await request.RedirectAsync(nextAddress.AfterReturn(request, user.Name, answer.Next));
            return;
        }

        await ShowAsync(request, login, FailureOf(result.Outcome), answer.Next);
    }

    public Task FailAsync(HubRequest request, RedirectLogin login, LoginReturn answer)
    {
        Log.LoginFailed(logger, login.Name, answer.Failure, answer.Reason);
        return ShowAsync(request, login, answer.Failure, answer.Next);
    }

    /// <summary>The sign-in page with the reason. It is no redirect: that could lead back to the provider without end.</summary>
    private Task ShowAsync(HubRequest request, RedirectLogin login, LoginFailure failure, string? next)
    {
        // The address holds what the provider sent, a code perhaps: what the page links to must not be told it.
        request.Http.Response.Headers["Referrer-Policy"] = "strict-origin";
        request.Http.Features.Set(new LoginProblem(failure, login.DisplayName, NextAddress.Safe(request, next)));
        return pages.RunAsync(request.Http, "Login");
    }

    private static LoginFailure FailureOf(SignInOutcome outcome) => outcome switch
    {
        SignInOutcome.NameTaken => LoginFailure.NameTaken,
        SignInOutcome.NameInvalid => LoginFailure.NameInvalid,
        _ => LoginFailure.NotAllowed,
    };
}
