using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>Answers the home page's question whether something has changed of the visitor's servers.</summary>
internal static class ServerStates
{
    public static async Task AnswerAsync(HubRequest request)
    {
        var servers = await request.Get<HomeServers>().ListAsync(request.Known, request.Aborted);
        await request.JsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            foreach (var server in servers)
            {
                writer.WriteString(server.Name, server.Mark);
            }

            writer.WriteEndObject();
        });
    }
}
