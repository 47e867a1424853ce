using System.Text.Json.Nodes;

namespace JupyterHub.Client.Models;

/// <summary>Whom a token belongs to and what it may do.</summary>
public sealed record HubIdentity
{
    /// <summary>The user's or service's name.</summary>
    public required string Name { get; init; }

    /// <summary><c>user</c> or <c>service</c>.</summary>
    public string Kind { get => field ?? "user"; init; }

    /// <summary>True for administrators.</summary>
    public bool? Admin { get; init; }

    /// <summary>Names of the user's groups; null for services.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Everything the token may do, expanded, with filters.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The browser session that the token was made in; null for other tokens.</summary>
    public string? SessionId { get; init; }

    /// <summary>Id of the token (hubs since 5.0).</summary>
    public string? TokenId { get; init; }

    /// <summary>Profile data of the authenticator (hubs since 6.0).</summary>
    public JsonObject? UserInfo { get; init; }
}
