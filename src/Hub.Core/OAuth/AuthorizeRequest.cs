using JupyterHub.Core.Authentication;

namespace JupyterHub.Core.OAuth;

/// <summary>What a browser brought to the authorization endpoint.</summary>
/// <param name="Query">The raw query without the question mark.</param>
/// <param name="Form">The raw body of a POST.</param>
/// <param name="Login">Who is signed in; somebody must be.</param>
/// <param name="SessionId">The browser session that the token will belong to; made before if the browser had none.</param>
internal sealed record AuthorizeRequest(string Query, string? Form, Login Login, string SessionId);
