using JupyterHub.AspNetCore.Pages.Spawn;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Stops a server, or cancels its start, from a page's button.</summary>
internal static class StopPage
{
    public static async Task RunAsync(HubRequest request)
    {
        var operation = await request.Get<ServerSupervisor>().StopAsync(request.Value("user"), request.Value("server"), request.Aborted);
        try
        {
            var patience = TimeSpan.FromSeconds(request.Get<JupyterHubOptions>().SlowStopTimeout);
            await operation.Completion.WaitAsync(patience, request.Get<TimeProvider>(), request.Aborted);
        }
        catch (TimeoutException)
        {
            // It goes on by itself, and whoever may look at it sees how it ends.
            var (user, server) = (request.Value("user"), request.Value("server"));
            if (request.Known.Allows("servers", Resource.Server(user, server)))
            {
                await request.RedirectAsync($"{request.Get<ServerViews>().PageOf("spawn-pending", user, server)}?{SpawnPendingModel.UntilStopped}");
                return;
            }
        }

        await request.RedirectAsync(request.Addresses.HubPath + "home");
    }
}
