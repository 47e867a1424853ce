using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Logins;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Tells that a person has signed out, where the sign-in page would sign in again.</summary>
internal sealed class SignedOutModel : HubPageModel
{
    public string SignInUrl => RedirectLogin.StartPath(HubPath, Hub.Get<RedirectLogins>().All[0].Name, NextAddress.Safe(Hub));
}
