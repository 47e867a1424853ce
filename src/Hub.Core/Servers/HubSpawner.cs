using System.Text.Json.Nodes;
using JupyterHub.Core.Users;

namespace JupyterHub.Core.Servers;

/// <summary>A row of <c>spawners</c>: a user's default server (empty name) or one of the named ones, running or not.</summary>
internal sealed class HubSpawner
{
    public int Id { get; set; }
    public int UserId { get; set; }
    public HubUser? User { get; set; }
    public int? ServerId { get; set; }

    /// <summary>Where it listens; null while it does not run.</summary>
    public HubServer? Server { get; set; }

    /// <summary>What the spawner needs to find a running server again.</summary>
    public JsonObject? State { get; set; }

    public required string Name { get; set; }
    public string? DisplayName { get; set; }
    public DateTime? Started { get; set; }
    public DateTime? LastActivity { get; set; }
    public JsonObject? UserOptions { get; set; }
    public string? OAuthClientId { get; set; }
}
