using System.Globalization;
using System.Net;
using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Logins;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Xsrf;
using JupyterHub.Core.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Sign-in: by user name and password, or by one of the redirect logins.</summary>
internal sealed class LoginModel(
    SignInOperation signIn, SignInSession session, RedirectLogins logins, AuthenticatorOptions settings, XsrfGate xsrf, NextAddress nextAddress, PageTexts texts) : HubPageModel
{
    /// <summary>Something that has nothing to do with what was typed.</summary>
    public string? Notice { get; private set; }

    /// <summary>What is wrong with what was typed.</summary>
    public string? Error { get; private set; }

    /// <summary>True after an attempt: the person may be right about the password and still not be on the list.</summary>
    public bool WasRejected { get; private set; }

    /// <summary>What was typed, cut to what a name may have.</summary>
    public string UserName { get; private set; } = "";

    public bool HasForm => logins.HasForm;

    /// <summary>The name of the field for a one-time code; null where none is asked for.</summary>
    public string? OtpPrompt => settings.RequestOtp ? settings.OtpPrompt : null;

    public string Host => Hub.Addresses.PublicUrl?.Authority ?? Hub.Client.Host;

    /// <summary>True where others on the way could read what is typed.</summary>
    public bool IsExposed => !IsLoopback && (Hub.Addresses.PublicUrl?.Scheme ?? Hub.Client.Scheme) != Uri.UriSchemeHttps;

    public string Action => HubPath + "login" + (Problem is null ? HttpContext.Request.QueryString : NextQuery);

    /// <summary>The buttons: what they say, and where they lead.</summary>
    public IEnumerable<(string Name, string Text, string Url)> Buttons =>
        logins.All.Select(login => (login.Name, login.DisplayName, RedirectLogin.StartPath(HubPath, login.Name, Next)));

    private LoginProblem? Problem => HttpContext.Features.Get<LoginProblem>();

    private string? Next => Problem is { } problem ? problem.Next : NextAddress.Safe(Hub);

    private QueryString NextQuery => Next is { } next ? QueryString.Create("next", next) : default;

    private bool IsNavigation => Request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate";

    private bool IsLoopback
    {
        get
        {
            var host = Hub.Addresses.PublicUrl?.DnsSafeHost ?? new HostString(Hub.Client.Host).Host.Trim('[', ']');
            return host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        }
    }

    public IActionResult OnGet()
    {
        if (Problem is { } problem)
        {
            Notice = problem.Text(texts);
            HubCookies.SetXsrf(Hub, XsrfToken, isAnonymous: Hub.Requester is null);
            return PageWith(403);
        }

        if (Hub.Requester is { CookieId: { } cookieId } known)
        {
            xsrf.Renew(Hub, known.SessionId ?? "", cookieId);
            return Redirect(nextAddress.AfterSignIn(Hub, known.Name, Hub.Query("next")));
        }

        if (settings.AutoLogin && logins.All is [var login])
        {
            return Redirect(RedirectLogin.StartPath(HubPath, login.Name, Next));
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

            Notice = texts["Login form invalid or expired. Try again."];
            return PageWith(403);
        }

        var form = new LoginForm(await FieldAsync("username"), await FieldAsync("password", trim: false), await Hub.FormValueAsync("otp"));
        var result = await signIn.ExecuteAsync(form, Hub.Client.Address, Hub.Aborted);
        if (result is { Outcome: SignInOutcome.Success, User: { } user })
        {
            await session.EnterAsync(Hub, user);
            return Redirect(nextAddress.AfterSignIn(Hub, user.Name, await NextAsync()));
        }

        UserName = form.Username.Length <= UserNames.Longest ? form.Username : "";
        if (result.Outcome == SignInOutcome.TooManyAttempts)
        {
            return Wait(result.RetryAfter);
        }

        Error = texts["Invalid username or password"];
        WasRejected = true;
        return PageWith(403);
    }

    private PageResult Wait(TimeSpan time)
    {
        var seconds = (long)Math.Ceiling(time.TotalSeconds);
        Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        Notice = seconds == 1 ? texts["Too many failed attempts. Try again in one second."] : texts["Too many failed attempts. Try again in {0} seconds.", seconds];
        return PageWith(429);
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
