namespace JupyterHub.Core.OAuth;

/// <summary>The checks of an authorization request that need nothing but the request and its client, in the order of contract 6.3.</summary>
internal static class AuthorizationRequestCheck
{
    private const int BadRequest = 400;
    private const int LongestChallenge = 255;

    /// <summary>The checks before the client is looked up; null when they pass.</summary>
    public static AuthorizeResult? BeforeClient(OAuthParameters parameters) =>
        parameters.FirstDuplicate("client_id", "response_type", "redirect_uri", "scope", "state") is { } name
            ? Fatal($"Duplicate {name} parameter.")
            : string.IsNullOrEmpty(parameters["client_id"]) ? Fatal("Missing client_id parameter.") : null;

    /// <summary>Where the answer goes; a fatal result when that is not settled, for then nothing may be sent anywhere.</summary>
    public static AuthorizeResult? Redirect(OAuthParameters parameters, RegisteredClient client, out string redirectUri)
    {
        var registered = client.Row.RedirectUri ?? "";
        redirectUri = registered;
        if (parameters["redirect_uri"] is not { } asked)
        {
            return registered.Length == 0 ? Fatal("Missing redirect URI.") : RedirectUri.IsWellFormed(registered) ? null : Fatal("Invalid redirect URI.");
        }

        return !RedirectUri.IsWellFormed(asked) ? Fatal("Invalid redirect URI.") : asked == registered ? null : Fatal("Mismatching redirect URI.");
    }

    /// <summary>The checks whose failure the client is told; null when they pass.</summary>
    public static AuthorizeResult? AfterRedirect(AuthorizationRequest request, bool requirePkce)
    {
        if (request.ResponseType is null)
        {
            return request.Refuse(OAuthErrorCode.InvalidRequest, "Missing response_type parameter.");
        }

        if (!request.ResponseType.Contains("code", StringComparison.Ordinal))
        {
            return request.Refuse(OAuthErrorCode.UnsupportedResponseType);
        }

        if (requirePkce && string.IsNullOrEmpty(request.CodeChallenge))
        {
            return request.Refuse(OAuthErrorCode.InvalidRequest, "Code challenge required.");
        }

        if (request.CodeChallenge is null)
        {
            return null;
        }

        if (!PkceMethod.IsSupported(request.CodeChallengeMethod))
        {
            return request.Refuse(OAuthErrorCode.InvalidRequest, "Transform algorithm not supported.");
        }

        return request.CodeChallenge.Length > LongestChallenge || request.CodeChallenge.Contains('\0', StringComparison.Ordinal)
            ? request.Refuse(OAuthErrorCode.InvalidRequest, "Code challenge malformed.")
            : null;
    }

    public static AuthorizeResult.Fatal Fatal(string message) => new(BadRequest, message);
}
