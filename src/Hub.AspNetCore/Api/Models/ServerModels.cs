using System.Text.Json;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>Writes servers (contract 3).</summary>
internal sealed class ServerModels(HubAddresses addresses)
{
    public void Write(Utf8JsonWriter writer, string userName, HubSpawner row, ServerStatus status, Requester requester)
    {
        var url = PathNames.ServerPath(addresses.BasePath, userName, row.Name);
        var progress = $"{addresses.HubPath}api/users/{PathNames.Escape(userName)}/{(row.Name.Length == 0 ? "server" : "servers/" + PathNames.Escape(row.Name))}/progress";
        writer.WriteStartObject();
        writer.WriteString("name", row.Name);
        writer.WriteString("display_name", row.DisplayName ?? row.Name);
        writer.WriteString("full_name", $"{userName}/{row.Name}");
        writer.WriteString("last_activity", ModelJson.Timestamp(row.LastActivity));
        writer.WriteString("started", ModelJson.Timestamp(row.Started));
        writer.WriteString("pending", status.Pending);
        writer.WriteBoolean("ready", status.IsReady);
        writer.WriteBoolean("stopped", !status.IsActive);
        writer.WriteString("url", url);
        ModelJson.WriteNode(writer, "user_options", row.UserOptions ?? []);
        writer.WriteString("progress_url", progress);
        writer.WriteString("full_url", PublicAddress(url));
        writer.WriteString("full_progress_url", PublicAddress(progress));
        if (requester.Allows("admin:server_state", Resource.Server(userName, row.Name)))
        {
            ModelJson.WriteNode(writer, "state", row.State ?? []);
        }

        writer.WriteEndObject();
    }

    private string? PublicAddress(string path) => addresses.PublicUrl is { } url ? url.GetLeftPart(UriPartial.Authority) + path : null;
}
