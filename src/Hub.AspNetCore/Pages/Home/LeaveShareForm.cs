using JupyterHub.AspNetCore.Pages.Sharing;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>Gives up access to a server that somebody shares with the visitor; the path names the server.</summary>
internal static class LeaveShareForm
{
    public static Task RunAsync(HubRequest request) =>
        LeaveForm.RunAsync(request, new ServerName(request.Value("owner"), request.Value("server")), request.Addresses.HubPath + "home");
}
