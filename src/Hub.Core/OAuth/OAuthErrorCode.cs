namespace JupyterHub.Core.OAuth;

/// <summary>The error codes of RFC 6749 that the provider answers with.</summary>
internal static class OAuthErrorCode
{
    public const string AccessDenied = "access_denied";
    public const string InvalidRequest = "invalid_request";
    public const string InvalidClient = "invalid_client";
    public const string InvalidGrant = "invalid_grant";
    public const string UnauthorizedClient = "unauthorized_client";
    public const string InvalidScope = "invalid_scope";
    public const string UnsupportedGrantType = "unsupported_grant_type";
    public const string UnsupportedResponseType = "unsupported_response_type";
}
