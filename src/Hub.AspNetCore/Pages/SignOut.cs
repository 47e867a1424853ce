using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Signs out on the server, not just in the browser (contract 7.2).</summary>
internal static class SignOut
{
    public static async Task RunAsync(HubRequest request)
    {
        var metrics = request.Get<HubMetrics>();
        var began = metrics.Now;
        if (request is { Login: { } login, Requester: { } known })
        {
            await request.Get<SignOutOperation>().ExecuteAsync(login, known.SessionId, request.Aborted);
            HubCookies.ClearAll(request);
            if (request.Get<JupyterHubOptions>().ShutdownOnLogout)
            {
                await StopServersAsync(request, known.Name);
            }
        }

        await LeaveAsync(request);
        metrics.SignedOut(began);
    }

    /// <summary>Where the sign-in page leads straight to a login, it would sign in again whoever has just signed out.</summary>
    private static Task LeaveAsync(HubRequest request)
    {
        if (!request.Get<AuthenticatorOptions>().AutoLogin)
        {
            return request.RedirectAsync(request.Addresses.HubPath + "login");
        }

        (request.Requester, request.Login, request.Xsrf) = (null, null, null);
        return request.Get<PageRunner>().RunAsync(request.Http, "SignedOut");
    }

    private static async Task StopServersAsync(HubRequest request, string userName)
    {
        var supervisor = request.Get<ServerSupervisor>();
        foreach (var key in supervisor.Running.Select(record => record.Key).Where(key => key.UserName == userName).ToList())
        {
            // The stop goes on by itself; signing out does not wait for it.
            await supervisor.StopAsync(key.UserName, key.ServerName, request.Aborted);
        }
    }
}
