using System.Text.Json;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Roles.Reading;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>Writes roles and their holders.</summary>
internal static class RoleModels
{
    /// <param name="writer">Where to.</param>
    /// <param name="role">The role.</param>
    /// <param name="requester">Who reads it; null for somebody who may read everything of it.</param>
    public static void Write(Utf8JsonWriter writer, RoleDetails role, Requester? requester)
    {
        writer.WriteStartObject();
        WriteDetails(writer, role, requester);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, RoleWithHolders role, Requester? requester)
    {
        writer.WriteStartObject();
        WriteDetails(writer, role.Role, requester);
        WriteHolders(writer, "users", role.Users, requester);
        WriteHolders(writer, "groups", role.Groups, requester);
        WriteHolders(writer, "services", role.Services, requester);
        writer.WriteStartObject("total");
        writer.WriteNumber("users", role.Users.Total);
        writer.WriteNumber("groups", role.Groups.Total);
        writer.WriteNumber("services", role.Services.Total);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter writer, RoleDetails role, Requester? requester)
    {
        writer.WriteString("kind", "role");
        writer.WriteString("name", role.Name);
        writer.WriteString("origin", role.Origin);
        if (!role.IsReadable)
        {
            return;
        }

        writer.WriteString("description", role.Description);
        ModelJson.WriteStrings(writer, "scopes", role.Scopes);
        writer.WriteString("creator", Shown(role.Creator, requester));
        writer.WriteString("created_at", ModelJson.Timestamp(role.CreatedAt));
        writer.WriteString("expires_at", ModelJson.Timestamp(role.ExpiresAt));
    }

    private static void WriteHolders(Utf8JsonWriter writer, string key, RoleHolderPage holders, Requester? requester)
    {
        writer.WriteStartArray(key);
        foreach (var holder in holders.Items)
        {
            writer.WriteStartObject();
            writer.WriteString("name", holder.Name);
            writer.WriteString("origin", holder.Origin);
            writer.WriteString("creator", Shown(holder.Creator, requester));
            writer.WriteString("created_at", ModelJson.Timestamp(holder.CreatedAt));
            writer.WriteString("expires_at", ModelJson.Timestamp(holder.ExpiresAt));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string? Shown(string? creator, Requester? requester) => requester is null ? creator : RoleCreators.Shown(creator, requester);
}
