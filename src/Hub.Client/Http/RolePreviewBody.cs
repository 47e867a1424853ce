using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Http;

/// <summary>A question what a change of a role would do.</summary>
internal sealed record RolePreviewBody(string Action, string Role)
{
    /// <summary>The body that the change itself would have.</summary>
    public JsonNode? Body { get; init; }

    public string? User { get; init; }

    public string? Group { get; init; }

    public string? Service { get; init; }

    public static RolePreviewBody Of(RoleChange change) => new(change.Action, change.Role)
    {
        Body = change switch
        {
            { NewRole: { } role } => JsonSerializer.SerializeToNode(role, HubJson.Default.NewRole),
            { Patch: { } patch } => JsonSerializer.SerializeToNode(patch, HubJson.Default.RolePatch),
            { ExpiresAt: not null } => JsonSerializer.SerializeToNode(new(change.ExpiresAt), HubJson.Default.RoleExpiryBody),
            _ => null,
        },
        User = NameOf(change.Holder, "user"),
        Group = NameOf(change.Holder, "group"),
        Service = NameOf(change.Holder, "service"),
    };

    private static string? NameOf(HubPrincipal? holder, string kind) => holder?.Kind == kind ? holder.Name : null;
}
