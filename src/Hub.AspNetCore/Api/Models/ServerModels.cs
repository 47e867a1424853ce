using System.Text.Json;
using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>Reads single servers, and writes what a requester may see of them (contract 3).</summary>
internal sealed class ServerModels(IHubDatabase database, HubAddresses addresses, PendingActivity activity)
{
    public Task<bool> OwnerExistsAsync(string userName, CancellationToken cancellationToken) =>
        database.ReadAsync((db, token) => db.Users.AnyAsync(user => user.Name == userName, token), cancellationToken);

    /// <summary>The row of a server; null if there is none. The default server of a user is always there.</summary>
    public Task<HubSpawner?> LoadAsync(ServerKey key, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) =>
        {
            var row = await db.Spawners.Where(row => row.User!.Name == key.UserName && row.Name == key.ServerName).OrderBy(row => row.Id).FirstOrDefaultAsync(token);
            return row ?? (key.ServerName.Length == 0 ? NeverStarted() : null);
        },
        cancellationToken);

    /// <summary>A default server that has no row yet looks like one that was never started.</summary>
    public static HubSpawner NeverStarted() => new() { Name = "", DisplayName = "" };

    /// <summary>Writes a server that the requester may see.</summary>
    public void Write(Utf8JsonWriter writer, string userName, HubSpawner row, ServerStatus status, Requester requester)
    {
        var url = PathNames.ServerPath(addresses.BasePath, userName, row.Name);
        var progress = $"{addresses.HubPath}api/users/{PathNames.Escape(userName)}/{(row.Name.Length == 0 ? "server" : "servers/" + PathNames.Escape(row.Name))}/progress";
        writer.WriteStartObject();
        writer.WriteString("name", row.Name);
        writer.WriteString("display_name", row.DisplayName ?? row.Name);
        writer.WriteString("full_name", $"{userName}/{row.Name}");
        writer.WriteString("last_activity", ModelJson.Timestamp(activity.OfSpawner(row.Id, row.LastActivity)));
        writer.WriteString("started", ModelJson.Timestamp(row.Started));
        writer.WriteString("pending", status.Pending);
        writer.WriteBoolean("ready", status.IsReady);
        writer.WriteBoolean("stopped", !status.IsActive);
        writer.WriteString("url", url);
        ModelJson.WriteNode(writer, "user_options", row.UserOptions ?? []);
        writer.WriteString("progress_url", progress);
        writer.WriteString("full_url", PublicAddress(url));
        writer.WriteString("full_progress_url", PublicAddress(progress));
        var visible = VisibleFields.OfServer(requester.Authority.Permissions, userName, row.Name, requester.Authority.Membership);
        if (visible.HasFlag(ServerFields.State))
        {
            ModelJson.WriteNode(writer, "state", row.State ?? []);
        }

        writer.WriteEndObject();
    }

    private string? PublicAddress(string path) => addresses.PublicUrl is { } url ? url.GetLeftPart(UriPartial.Authority) + path : null;
}
