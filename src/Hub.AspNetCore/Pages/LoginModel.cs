using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Xsrf;
using JupyterHub.Core.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Sign-in by user name and password.</summary>
internal sealed class LoginModel(SignInOperation signIn, LoginCookie logins, XsrfGate xsrf, NextAddress nextAddress) : HubPageModel
{
    private const string Rejected = "Invalid username or password";

    public string? Error { get; private set; }

    /// <summary>What was typed, cut to what a name may have.</summary>
    public string UserName { get; private set; } = "";

    public string Host => Hub.Client.Host;

    public string Action => HubPath + "login" + HttpContext.Request.QueryString;

    public IActionResult OnGet()
    {
        if (Hub.Requester is { CookieId: not null } known)
        {
            return Redirect(nextAddress.AfterSignIn(Hub, known.Name, Hub.Query("next")));
        }

        var typed = Hub.Query("username") ?? "";
        UserName = typed.Length <= UserNames.Longest ? typed : "";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await XsrfGate.RefusalAsync(Hub, xsrf.Prepare(Hub), isExempt: false) is not null)
        {
            Error = "Login form invalid or expired. Try again.";
            return PageWith(403);
        }

        var form = new LoginForm(await FieldAsync("username"), await FieldAsync("password", trim: false), await Hub.FormValueAsync("otp"));
        var result = await signIn.ExecuteAsync(form, Hub.Aborted);
        if (result is { Outcome: SignInOutcome.Success, User: { } user })
        {
            await EnterAsync(user.CookieId);
            return Redirect(nextAddress.AfterSignIn(Hub, user.Name, await Hub.FormValueAsync("next") ?? Hub.Query("next")));
        }

        UserName = form.Username.Length <= UserNames.Longest ? form.Username : "";
        Error = result.Outcome == SignInOutcome.NotAllowed
            ? "You are known here, but not allowed to enter. Ask an administrator of this hub."
            : Rejected;
        return PageWith(403);
    }

    private async Task EnterAsync(string cookieId)
    {
        // A session id from before could be one that somebody else planted.
        var sessionId = SessionId.Create();
        HubCookies.SetSession(Hub, sessionId);
        HubCookies.SetLogin(Hub, await logins.IssueAsync(cookieId, Hub.Aborted));
        xsrf.Renew(Hub, sessionId, cookieId);
    }

    private async Task<string> FieldAsync(string name, bool trim = true)
    {
        var form = await Hub.FormAsync();
        var value = form.TryGetValue(name, out var values) && values.Count > 0 ? values[^1] ?? "" : "";
        return trim ? value.Trim() : value;
    }
}
