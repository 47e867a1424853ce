using System.Globalization;
using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Xsrf;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Sign-in by user name and password.</summary>
internal sealed class LoginModel(SignInOperation signIn, SignOutOperation signOut, LoginCookie logins, XsrfGate xsrf, NextAddress nextAddress) : HubPageModel
{
    private const string Rejected = "Invalid username or password";

    public string? Error { get; private set; }

    /// <summary>True after an attempt: the person may be right about the password and still not be on the list.</summary>
    public bool WasRejected { get; private set; }

    /// <summary>What was typed, cut to what a name may have.</summary>
    public string UserName { get; private set; } = "";

    public string Host => Hub.Addresses.PublicUrl?.Authority ?? Hub.Client.Host;

    public string Action => HubPath + "login" + HttpContext.Request.QueryString;

    public IActionResult OnGet()
    {
        if (Hub.Requester is { CookieId: { } cookieId } known)
        {
            xsrf.Renew(Hub, known.SessionId ?? "", cookieId);
            return Redirect(nextAddress.AfterSignIn(Hub, known.Name, Hub.Query("next")));
        }

        // The form may stay open for a while: its token begins to age now.
        HubCookies.SetXsrf(Hub, XsrfToken, isAnonymous: true);
        var typed = Hub.Query("username") ?? "";
        UserName = typed.Length <= UserNames.Longest ? typed : "";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await XsrfGate.RefusalAsync(Hub, xsrf.Prepare(Hub), isExempt: false) is { } refusal)
        {
            if (!IsNavigation)
            {
                throw HubHttpException.Forbidden(refusal);
            }

            Error = "Login form invalid or expired. Try again.";
            return PageWith(403);
        }

        var form = new LoginForm(await FieldAsync("username"), await FieldAsync("password", trim: false), await Hub.FormValueAsync("otp"));
        var result = await signIn.ExecuteAsync(form, Hub.Client.Address, Hub.Aborted);
        if (result is { Outcome: SignInOutcome.Success, User: { } user })
        {
            await EnterAsync(user);
            return Redirect(nextAddress.AfterSignIn(Hub, user.Name, await NextAsync()));
        }

        UserName = form.Username.Length <= UserNames.Longest ? form.Username : "";
        if (result.Outcome == SignInOutcome.TooManyAttempts)
        {
            return Wait(result.RetryAfter);
        }

        Error = Rejected;
        WasRejected = true;
        return PageWith(403);
    }

    private PageResult Wait(TimeSpan time)
    {
        var seconds = (long)Math.Ceiling(time.TotalSeconds);
        Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        Error = $"Too many failed attempts. Try again in {seconds} s.";
        return PageWith(429);
    }

    private bool IsNavigation => Request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate";

    private async Task EnterAsync(HubUser user)
    {
        if (Hub.Login is { } before && before.User.Id != user.Id)
        {
            // Nobody could sign that one out any more once its cookie is replaced.
            await signOut.ExecuteAsync(before, Hub.Known.SessionId, Hub.Aborted);
        }

        if (Hub.Login?.User.Id == user.Id)
        {
            xsrf.Renew(Hub, Hub.Known.SessionId ?? "", user.CookieId);
            return;
        }

        // A session id from before could be one that somebody else planted.
        var sessionId = SessionId.Create();
        HubCookies.SetSession(Hub, sessionId);
        HubCookies.SetLogin(Hub, logins.Issue(user.CookieId));
        xsrf.Renew(Hub, sessionId, user.CookieId);
    }

    /// <summary>The form's goes before the query's.</summary>
    private async Task<string?> NextAsync() => await Hub.FormValueAsync("next") is { Length: > 0 } next ? next : Hub.Query("next");

    private async Task<string> FieldAsync(string name, bool trim = true)
    {
        var form = await Hub.FormAsync();
        var value = form.TryGetValue(name, out var values) && values.Count > 0 ? values[^1] ?? "" : "";
        return trim ? value.Trim() : value;
    }
}
