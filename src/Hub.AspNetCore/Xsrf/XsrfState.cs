namespace JupyterHub.AspNetCore.Xsrf;

/// <summary>The token that forms and scripts of this answer carry.</summary>
/// <param name="Token">The token, which is also the cookie's value.</param>
/// <param name="IsNew">The browser does not have it yet, and may be given it.</param>
internal sealed record XsrfState(string Token, bool IsNew);
