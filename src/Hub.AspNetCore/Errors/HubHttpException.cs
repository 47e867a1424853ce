namespace JupyterHub.AspNetCore.Errors;

/// <summary>Ends a request with a status and a text that its sender may read.</summary>
internal sealed class HubHttpException(int status, string message) : Exception(message)
{
    public const string MissingCredentials = "Missing or invalid credentials.";

    public int Status { get; } = status;

    /// <summary>Seconds after which the client may try again, sent as <c>Retry-After</c>.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The scopes any one of which would have sufficed, with filters where they are needed; shown in a header.</summary>
    public IReadOnlyList<string> RequiredScopes { get; init; } = [];

    public static HubHttpException BadRequest(string message) => new(400, message);

    public static HubHttpException Forbidden(string message) => new(403, message);

    public static HubHttpException NotFound(string message) => new(404, message);
}
