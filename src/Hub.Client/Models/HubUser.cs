using System.Text.Json.Nodes;

namespace JupyterHub.Client.Models;

/// <summary>A user. A member is null when the caller's scopes do not reveal it or the hub is too old to know it.</summary>
public sealed record HubUser
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Profile data of the authenticator (hubs since 6.0).</summary>
    public JsonObject? UserInfo { get; init; }

    /// <summary>True for administrators.</summary>
    public bool? Admin { get; init; }

    /// <summary>Names of the user's roles.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Names of the user's groups.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Path of the default server while it is ready.</summary>
    public string? Server { get; init; }

    /// <summary>What the default server is doing: <c>spawn</c>, <c>stop</c>, <c>check</c> or <c>rename</c>.</summary>
    public string? Pending { get; init; }

    /// <summary>When the user was created.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When the user last did something.</summary>
    public DateTimeOffset? LastActivity { get; init; }

    /// <summary>State of the authenticator; needs <c>admin:auth_state</c>.</summary>
    public JsonObject? AuthState { get; init; }

    /// <summary>Servers by name, the default one under the empty name.</summary>
    public IReadOnlyDictionary<string, HubServer>? Servers { get; init; }
}
