using System.Text.Json.Nodes;

namespace JupyterHub.Client.Models;

/// <summary>A service to create at run time; null members are the hub's defaults.</summary>
public sealed record ServiceDefinition
{
    /// <summary>Where the hub reaches it.</summary>
    public string? Url { get; init; }

    /// <summary>True for an administrator.</summary>
    public bool? Admin { get; init; }

    /// <summary>The token it calls the hub with: at least 8 characters; also the secret of its OAuth client.</summary>
    public string? ApiToken { get; init; }

    /// <summary>What its visitors' tokens may hold beyond their identity.</summary>
    public IReadOnlyList<string>? OauthClientAllowedScopes { get; init; }

    /// <summary>Free data.</summary>
    public JsonObject? Info { get; init; }

    /// <summary>Whether the hub's pages show it.</summary>
    public bool? Display { get; init; }

    /// <summary>Whether visitors are signed in without being asked.</summary>
    public bool? OauthNoConfirm { get; init; }

    /// <summary>Identifier of its OAuth client; must begin with <c>service-</c>.</summary>
    public string? OauthClientId { get; init; }

    /// <summary>Where browsers return to after signing in.</summary>
    public string? OauthRedirectUri { get; init; }

    /// <summary>Names everything but the token.</summary>
    public override string ToString() => $"ServiceDefinition {{ Url = {Url}, Admin = {Admin}, OauthClientId = {OauthClientId} }}";
}
