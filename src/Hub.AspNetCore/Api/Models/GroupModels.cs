using System.Text.Json;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Groups;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>Writes groups: the keys that a requester may see (contract 3).</summary>
internal static class GroupModels
{
    public static void Write(Utf8JsonWriter writer, GroupDetails group, Authority requester)
    {
        var visible = VisibleFields.OfGroup(requester.Permissions, group.Name, requester.Membership);
        writer.WriteStartObject();
        if (visible != GroupFields.None)
        {
            writer.WriteString("kind", "group");
            writer.WriteString("name", group.Name);
        }

        if (visible.HasFlag(GroupFields.Roles))
        {
            ModelJson.WriteStrings(writer, "roles", group.Roles);
        }

        if (visible.HasFlag(GroupFields.Users))
        {
            ModelJson.WriteStrings(writer, "users", group.Users);
        }

        if (visible.HasFlag(GroupFields.Properties))
        {
            ModelJson.WriteNode(writer, "properties", group.Properties ?? []);
        }

        writer.WriteEndObject();
    }
}
