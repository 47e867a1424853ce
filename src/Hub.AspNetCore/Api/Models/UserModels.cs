using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Caching;
using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Permissions;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>Reads users with what belongs to them, and writes the keys that a requester may see (contract 3).</summary>
internal sealed class UserModels(IHubDatabase database, ServerSupervisor supervisor, ServerModels servers, PendingActivity activity, HubAddresses addresses)
{
    private const int Remembered = 8192;

    private readonly KeptReads<string, HubUser> users = new(database, Remembered);

    public Task<HubUser?> LoadAsync(string name, CancellationToken cancellationToken) => users.GetAsync(
        name,
        (db, token) => db.Users
            .Include(user => user.Spawners)
            .Include(user => user.Roles).ThenInclude(held => held.Role)
            .Include(user => user.Groups).ThenInclude(member => member.Group)
            .AsSplitQuery()
            .SingleOrDefaultAsync(user => user.Name == name, token),
        cancellationToken);

    /// <summary>Anything but an absent value, <c>0</c> and <c>false</c> asks for stopped servers too.</summary>
    public static bool IncludesStopped(HubRequest request) => request.Query("include_stopped_servers") is not (null or "0" or "false");

    public void Write(Utf8JsonWriter writer, HubUser user, Requester requester, bool includeStopped, bool isSelf = false, IReadOnlyDictionary<string, object?>? details = null)
    {
        var visible = UserFields.VisibleTo(requester, user.Name, isSelf);
        writer.WriteStartObject();
        WriteIdentity(writer, user, visible);
        WriteState(writer, user, visible);
        WriteServers(writer, user, requester, visible, includeStopped);
        if (details is not null)
        {
            ModelJson.WriteDetails(writer, details);
        }

        writer.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter writer, HubUser user, HashSet<string> visible)
    {
        if (visible.Contains("kind"))
        {
            writer.WriteString("kind", "user");
            writer.WriteString("name", user.Name);
        }

        if (visible.Contains("user_info"))
        {
            ModelJson.WriteNode(writer, "user_info", user.UserInfo);
        }

        if (visible.Contains("admin"))
        {
            writer.WriteBoolean("admin", user.Admin);
        }

        if (visible.Contains("roles"))
        {
            ModelJson.WriteStrings(writer, "roles", user.Roles.Select(held => held.Role!.Name).Order(StringComparer.Ordinal));
        }

        if (visible.Contains("groups"))
        {
            ModelJson.WriteStrings(writer, "groups", user.Groups.Select(member => member.Group!.Name).Order(StringComparer.Ordinal));
        }
    }

    private void WriteState(Utf8JsonWriter writer, HubUser user, HashSet<string> visible)
    {
        if (visible.Contains("server"))
        {
            var status = supervisor.GetStatus(user.Name, "");
            writer.WriteString("server", status.IsReady ? PathNames.UserPath(addresses.BasePath, user.Name) : null);
            writer.WriteString("pending", status.Pending);
        }

        if (visible.Contains("created"))
        {
            writer.WriteString("created", ModelJson.Timestamp(user.Created));
        }

        if (visible.Contains("last_activity"))
        {
            writer.WriteString("last_activity", ModelJson.Timestamp(activity.OfUser(user.Id, user.LastActivity)));
        }

        if (visible.Contains("auth_state"))
        {
            writer.WriteNull("auth_state");
        }
    }

    private void WriteServers(Utf8JsonWriter writer, HubUser user, Requester requester, HashSet<string> visible, bool includeStopped)
    {
        var shown = user.Spawners
            .Where(row => requester.Allows("read:servers", Resource.Server(user.Name, row.Name)))
            .Select(row => (Row: row, Status: supervisor.GetStatus(user.Name, row.Name)))
            .Where(server => includeStopped || server.Status.IsActive)
            .OrderBy(server => server.Row.Name, StringComparer.Ordinal)
            .ToList();
        if (shown.Count == 0 && !visible.Contains("servers"))
        {
            return;
        }

        writer.WriteStartObject("servers");
        foreach (var (row, status) in shown)
        {
            writer.WritePropertyName(row.Name);
            servers.Write(writer, user.Name, row, status, requester);
        }

        writer.WriteEndObject();
    }
}
