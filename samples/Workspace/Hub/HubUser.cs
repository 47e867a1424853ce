namespace Workspace.Hub;

/// <summary>The answer of the hub's <c>GET /user</c>, as far as this app reads it.</summary>
internal sealed record HubUser
{
    public required string Name { get; init; }

    public string Kind { get; init; } = "user";

    public bool Admin { get; init; }

    public IReadOnlyList<string>? Groups { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }
}
