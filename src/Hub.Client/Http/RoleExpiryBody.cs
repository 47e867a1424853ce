namespace JupyterHub.Client.Http;

/// <summary>How long an assignment lasts.</summary>
internal sealed record RoleExpiryBody(DateTimeOffset? ExpiresAt);
