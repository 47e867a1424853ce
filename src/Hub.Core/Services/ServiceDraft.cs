using System.Text.Json.Nodes;

namespace JupyterHub.Core.Services;

/// <summary>A service as somebody wants it, checked in form but not yet in meaning. It never prints its token.</summary>
internal sealed class ServiceDraft
{
    public required string Name { get; init; }

    /// <summary>Where it answers; requests to its path at the hub's address are forwarded there.</summary>
    public Uri? Url { get; init; }

    public bool Admin { get; init; }

    /// <summary>What the service may ask of people who sign in to it.</summary>
    public IReadOnlyList<string> AllowedScopes { get; init; } = [];

    public string? ApiToken { get; init; }

    public JsonObject? Info { get; init; }

    public bool Display { get; init; } = true;

    public bool NoConfirm { get; init; }

    public string? Cwd { get; init; }

    public JsonObject? Environment { get; init; }

    public string? User { get; init; }

    /// <summary>Identifier of its OAuth client, where it is not to be the usual one.</summary>
    public string? ClientId { get; init; }

    /// <summary>Where browsers go after signing in, where that is not below its path.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>Wait a while for it to answer, as clients of the API have it; people come back by themselves.</summary>
    public bool WaitsForAnswer { get; init; } = true;

    /// <summary>True if people can sign in to it.</summary>
    public bool HasClient => Url is not null || NoConfirm || !string.IsNullOrEmpty(ClientId) || !string.IsNullOrEmpty(RedirectUri);

    public override string ToString() => $"(service {Name})";
}
