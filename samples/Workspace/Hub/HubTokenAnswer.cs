namespace Workspace.Hub;

/// <summary>The answer of the hub's OAuth token endpoint, as far as this app reads it.</summary>
internal sealed record HubTokenAnswer(string? AccessToken);
