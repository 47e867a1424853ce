namespace JupyterHub.Core.OAuth;

/// <summary>The end of an introspection: a failure, or what is known of the token, null for one that is not active.</summary>
internal sealed record TokenIntrospectionResult(TokenIntrospection? Active, TokenExchangeResult.Failure? Failure = null);
