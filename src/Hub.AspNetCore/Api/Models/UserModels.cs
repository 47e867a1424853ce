using System.Text.Json;
using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>Writes users, as far as the requester may see them (contract 3).</summary>
internal sealed class UserModels(ServerSupervisor supervisor, ServerModels servers, PendingActivity activity, HubAddresses addresses)
{
    public void WriteList(Utf8JsonWriter writer, IEnumerable<UserRecord> users, Requester requester, UserShape shape)
    {
        writer.WriteStartArray();
        foreach (var user in users)
        {
            Write(writer, user, requester, shape);
        }

        writer.WriteEndArray();
    }

    public void Write(Utf8JsonWriter writer, UserRecord user, Requester requester, UserShape shape)
    {
        var revealed = VisibleFields.OfUser(requester.Authority.Permissions, user.Name, requester.Authority.Membership);
        var shown = revealed | shape.Granted;
        writer.WriteStartObject();
        WriteIdentity(writer, user, shown);
        WriteState(writer, user, shown, shape);
        if (shown.HasFlag(UserFields.Name))
        {
            WriteServers(writer, user, requester, shape, isShownEmpty: shown.HasFlag(UserFields.Servers));
        }

        ModelJson.WriteDetails(writer, shape.Details);
        writer.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter writer, UserRecord user, UserFields shown)
    {
        if (shown.HasFlag(UserFields.Name))
        {
            writer.WriteString("kind", "user");
            writer.WriteString("name", user.Name);
        }

        if (shown.HasFlag(UserFields.UserInfo))
        {
            ModelJson.WriteNode(writer, "user_info", user.UserInfo);
        }

        if (shown.HasFlag(UserFields.Admin))
        {
            writer.WriteBoolean("admin", user.Admin);
        }

        if (shown.HasFlag(UserFields.Roles))
        {
            ModelJson.WriteStrings(writer, "roles", user.Roles);
        }

        if (shown.HasFlag(UserFields.Groups))
        {
            ModelJson.WriteStrings(writer, "groups", user.Groups);
        }
    }

    private void WriteState(Utf8JsonWriter writer, UserRecord user, UserFields shown, UserShape shape)
    {
        if (shown.HasFlag(UserFields.Server))
        {
            var status = supervisor.GetStatus(user.Name, "");
            writer.WriteString("server", status.IsReady ? PathNames.UserPath(addresses.BasePath, user.Name) : null);
            writer.WriteString("pending", status.Pending);
        }

        if (shown.HasFlag(UserFields.Created))
        {
            writer.WriteString("created", ModelJson.Timestamp(user.Created));
        }

        if (shown.HasFlag(UserFields.LastActivity))
        {
            writer.WriteString("last_activity", ModelJson.Timestamp(activity.OfUser(user.Id, user.LastActivity)));
        }

        if (shown.HasFlag(UserFields.AuthState))
        {
            ModelJson.WriteNode(writer, "auth_state", shape.AuthState);
        }
    }

    /// <summary>Everybody has a default server, also before its first start makes its row.</summary>
    private static IEnumerable<HubSpawner> WithDefault(UserRecord user) => user.Servers.Any(row => row.Name.Length == 0)
        ? user.Servers
        : user.Servers.Prepend(new HubSpawner { Name = "", UserId = user.Id });

    private void WriteServers(Utf8JsonWriter writer, UserRecord user, Requester requester, UserShape shape, bool isShownEmpty)
    {
        var isOpen = isShownEmpty;
        if (isOpen)
        {
            writer.WriteStartObject("servers");
        }

        foreach (var row in shape.IncludesStopped ? WithDefault(user) : user.Servers)
        {
            var status = supervisor.GetStatus(user.Name, row.Name);
            if ((!shape.IncludesStopped && !status.IsActive)
                || VisibleFields.OfServer(requester.Authority.Permissions, user.Name, row.Name, requester.Authority.Membership) == ServerFields.None)
            {
                continue;
            }

            if (!isOpen)
            {
                writer.WriteStartObject("servers");
                isOpen = true;
            }

            writer.WritePropertyName(row.Name);
            servers.Write(writer, user.Name, row, status, requester);
        }

        if (isOpen)
        {
            writer.WriteEndObject();
        }
    }
}
