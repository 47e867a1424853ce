namespace JupyterHub.Core.OAuth;

/// <summary>What the token endpoint answers, as JSON with <c>Cache-Control: no-store</c> and <c>Pragma: no-cache</c>: one of the nested kinds.</summary>
internal abstract record TokenExchangeResult
{
    private TokenExchangeResult()
    {
    }

    /// <summary>200 with <c>access_token</c>, <c>expires_in</c>, <c>token_type</c> and <c>scope</c>.</summary>
    public sealed record Success(string AccessToken, int ExpiresIn, string Scope) : TokenExchangeResult
    {
        public const string TokenType = "Bearer";

        /// <summary>Never the token.</summary>
        public override string ToString() => nameof(Success);
    }

    /// <summary>400 or 401 with <c>error</c> and, if there is one, <c>error_description</c>.</summary>
    public sealed record Failure(string Error, string? Description = null) : TokenExchangeResult
    {
        public int Status => Error == OAuthErrorCode.InvalidClient ? 401 : 400;

        /// <summary>Value of <c>WWW-Authenticate</c>, null for none.</summary>
        public string? Challenge => Error == OAuthErrorCode.InvalidClient ? $"Bearer error=\"{Error}\"" : null;
    }
}
