namespace JupyterHub.Core.Authentication;

/// <summary>The token that a request's pages carry and its submissions must equal.</summary>
/// <param name="Value">The token, which is also the cookie's value.</param>
/// <param name="MustSetCookie">The browser does not have it yet and this answer may set it.</param>
internal readonly record struct XsrfToken(string Value, bool MustSetCookie);
