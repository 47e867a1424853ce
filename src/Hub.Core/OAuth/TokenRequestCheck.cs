namespace JupyterHub.Core.OAuth;

/// <summary>The checks of a token request, in the order of contract 6.5; null means passed.</summary>
internal static class TokenRequestCheck
{
    private const string AuthorizationCode = "authorization_code";
    private const string RefreshToken = "refresh_token";

    public static TokenExchangeResult.Failure? BeforeClient(string query, OAuthParameters form)
    {
        if (query.Length > 0)
        {
            return new(OAuthErrorCode.InvalidRequest, "URL query parameters are not allowed");
        }

        if (IsRefresh(form))
        {
            return form["refresh_token"] is null ? new(OAuthErrorCode.InvalidRequest, "Missing refresh token parameter.") : null;
        }

        if (form["grant_type"] != AuthorizationCode)
        {
            return new(OAuthErrorCode.UnsupportedGrantType);
        }

        if (form["code"] is null)
        {
            return new(OAuthErrorCode.InvalidRequest, "Missing code parameter.");
        }

        return form.FirstDuplicate("client_id", "grant_type", "redirect_uri") is { } name
            ? new(OAuthErrorCode.InvalidRequest, $"Duplicate {name} parameter.")
            : null;
    }

    /// <summary>No client gets refresh tokens, so none may use one; said only to a client that authenticated.</summary>
    public static TokenExchangeResult.Failure? Grant(OAuthParameters form) => IsRefresh(form) ? new(OAuthErrorCode.UnauthorizedClient) : null;

    public static TokenExchangeResult.Failure? Code(OAuthParameters form, RegisteredClient client, OAuthCode code, bool requirePkce)
    {
        if (code.ClientId != client.Row.Identifier || code.UserId is null)
        {
            return new(OAuthErrorCode.InvalidGrant);
        }

        if (Pkce(form["code_verifier"], code, requirePkce) is { } failure)
        {
            return failure;
        }

        return form["redirect_uri"] is { } redirectUri && redirectUri != client.Row.RedirectUri
            ? new(OAuthErrorCode.InvalidRequest, "Mismatching redirect URI.")
            : null;
    }

    private static bool IsRefresh(OAuthParameters form) => form["grant_type"] == RefreshToken;

    private static TokenExchangeResult.Failure? Pkce(string? verifier, OAuthCode code, bool requirePkce)
    {
        if (code.CodeChallenge is not { } challenge || (requirePkce && challenge.Length == 0))
        {
            return !requirePkce
                ? null
                : verifier is null
                    ? new(OAuthErrorCode.InvalidRequest, "Code verifier required.")
                    : new(OAuthErrorCode.InvalidGrant, "Challenge not found");
        }

        if (verifier is null)
        {
            return new(OAuthErrorCode.InvalidRequest, "Code verifier required.");
        }

        return PkceMethod.Verify(code.CodeChallengeMethod ?? "", challenge, verifier) ? null : new(OAuthErrorCode.InvalidGrant);
    }
}
