using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>Deletes a named server of the visitor's own, after a question.</summary>
internal static class DeleteServerForm
{
    public static async Task RunAsync(HubRequest request)
    {
        var key = OwnServers.Key(request, "delete:servers");
        request.Get<NamedServerRules>().CheckEnd(key, remove: true);
        var servers = await request.Get<HomeServers>().ListAsync(request.Known, request.Aborted);
        var server = servers.FirstOrDefault(known => known.Name == key.ServerName) ?? throw ServerOperationException.NoSuchServer(key);
        if (await ConfirmModel.IsAnsweredAsync(request))
        {
            await DeleteAsync(request, key, server.DisplayName);
        }
        else
        {
            await AskAsync(request, server);
        }
    }

    private static Task AskAsync(HubRequest request, HomeServer server)
    {
        var texts = request.Get<PageTexts>();
        var runs = request.Get<ServerSupervisor>().GetStatus(request.Known.Name, server.Name).IsActive;
        return ConfirmModel.AskAsync(request, new ConfirmView
        {
            Title = texts["Delete this server?"],
            Question = runs
                ? texts["{0} is in use. It will be stopped and deleted, with everything that it was shared with. What it keeps in your files stays.", server.DisplayName]
                : texts["{0} will be deleted, with everything that it was shared with. What it keeps in your files stays.", server.DisplayName],
            Button = texts["Delete"],
            CancelUrl = request.Addresses.HubPath + "home",
        });
    }

    private static async Task DeleteAsync(HubRequest request, ServerKey key, string displayName)
    {
        var (texts, notices, home) = (request.Get<PageTexts>(), request.Get<PageNotices>(), request.Addresses.HubPath + "home");
        var removal = await request.Get<ServerSupervisor>().RemoveAsync(key.UserName, key.ServerName, request.Aborted);
        try
        {
            var patience = TimeSpan.FromSeconds(request.Get<JupyterHubOptions>().SlowStopTimeout);
            var failure = await removal.Completion.WaitAsync(patience, request.Get<TimeProvider>(), request.Aborted);
            await (failure is null
                ? notices.RedirectAsync(request, home, texts["{0} was deleted.", displayName])
                : notices.RedirectAsync(request, home, texts["{0} was not deleted: {1}", displayName, failure.Message], isError: true));
        }
        catch (TimeoutException)
        {
            await notices.RedirectAsync(request, home, texts["{0} is being stopped and will be deleted then.", displayName]);
        }
    }
}
