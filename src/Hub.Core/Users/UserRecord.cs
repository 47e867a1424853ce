using System.Text.Json.Nodes;
using JupyterHub.Core.Servers;

namespace JupyterHub.Core.Users;

/// <summary>A user as read for showing, with as much of what belongs to it as was asked for.</summary>
internal sealed record UserRecord(int Id, string Name)
{
    public bool Admin { get; init; }

    public DateTime? Created { get; init; }

    public DateTime? LastActivity { get; init; }

    public JsonObject? UserInfo { get; init; }

    /// <summary>Something of the authenticator is kept with the user; what it is takes a read of its own.</summary>
    public bool HasAuthState { get; init; }

    /// <summary>Names of the roles held directly, sorted.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>One of them is held for a time only.</summary>
    public bool HasExpiringRole { get; init; }

    /// <summary>Names of the groups, sorted.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The servers that have a row, by name.</summary>
    public IReadOnlyList<HubSpawner> Servers { get; init; } = [];
}
