using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>Starts, stops and removes servers of others; what came of it is told on the page that the button was on.</summary>
internal static class ServerActions
{
    /// <summary>How long an outcome is waited for; what takes longer goes on by itself, and the list says so.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static Task StartAsync(HubRequest request)
    {
        AdminGate.RequireForServer(request, "start:servers");
        var texts = request.Get<PageTexts>();
        return RunAsync(
            request,
            (supervisor, key) => supervisor.StartAsync(key.UserName, key.ServerName, ServerChoices.Kept, request.Aborted),
            whenDone: key => key.ServerName.Length == 0 ? texts["The server of {0} runs.", key.UserName] : texts["The server {1} of {0} runs.", key.UserName, key.ServerName],
            whenSlow: key => key.ServerName.Length == 0 ? texts["The server of {0} is starting.", key.UserName] : texts["The server {1} of {0} is starting.", key.UserName, key.ServerName]);
    }

    public static Task StopAsync(HubRequest request)
    {
        AdminGate.RequireForServer(request, "delete:servers");
        request.Get<NamedServerRules>().CheckEnd(KeyOf(request), remove: false);
        var texts = request.Get<PageTexts>();
        return RunAsync(
            request,
            (supervisor, key) => supervisor.StopAsync(key.UserName, key.ServerName, request.Aborted),
            whenDone: key => key.ServerName.Length == 0 ? texts["The server of {0} is stopped.", key.UserName] : texts["The server {1} of {0} is stopped.", key.UserName, key.ServerName],
            whenSlow: key => key.ServerName.Length == 0 ? texts["The server of {0} is stopping.", key.UserName] : texts["The server {1} of {0} is stopping.", key.UserName, key.ServerName]);
    }

    public static async Task DeleteAsync(HubRequest request)
    {
        AdminGate.RequireForServer(request, "delete:servers");
        request.Get<NamedServerRules>().CheckEnd(KeyOf(request), remove: true);
        var (texts, server) = (request.Get<PageTexts>(), KeyOf(request));
        if (!await ConfirmModel.IsAnsweredAsync(request))
        {
            var back = await BackAsync(request);
            await ConfirmModel.AskAsync(request, new ConfirmView
            {
                Title = texts["Delete this server?"],
                Question = texts["The server {1} of {0} is stopped if it runs, and removed. Files that it keeps elsewhere are not touched.", server.UserName, server.ServerName],
                Button = texts["Delete the server"],
                Fields = [new(BackAddress.Field, back)],
                CancelUrl = back,
            });
            return;
        }

        await RunAsync(
            request,
            (supervisor, key) => supervisor.RemoveAsync(key.UserName, key.ServerName, request.Aborted),
            whenDone: key => texts["The server {1} of {0} is deleted.", key.UserName, key.ServerName],
            whenSlow: key => texts["The server {1} of {0} is stopping, and is deleted then.", key.UserName, key.ServerName]);
    }

    private static ServerKey KeyOf(HubRequest request) => new(request.Value("user"), request.Value("server"));

    private static Task<string> BackAsync(HubRequest request) => BackAddress.OfAsync(request, request.Get<UserRows>().UrlOf(request.Value("user")));

    private static async Task RunAsync(
        HubRequest request, Func<ServerSupervisor, ServerKey, Task<ServerOperation>> begin, Func<ServerKey, string> whenDone, Func<ServerKey, string> whenSlow)
    {
        var key = KeyOf(request);
        var (text, isError) = (whenDone(key), false);
        try
        {
            var operation = await begin(request.Get<ServerSupervisor>(), key);
            var failure = await operation.Completion.WaitAsync(Patience, request.Get<TimeProvider>(), request.Aborted);
            (text, isError) = failure is null ? (text, false) : (failure.Message, true);
        }
        catch (ServerOperationException refused) when (refused.Kind != ServerOperationError.NotFound)
        {
            // Somebody else was faster, or a limit is reached: the list shows how things stand now.
            (text, isError) = (refused.Message, true);
        }
        catch (TimeoutException)
        {
            text = whenSlow(key);
        }

        await request.Get<PageNotices>().RedirectAsync(request, await BackAsync(request), text, isError);
    }
}
