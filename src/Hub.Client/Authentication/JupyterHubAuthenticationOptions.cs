using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Client.Authentication;

/// <summary>
/// How an app signs people in through the hub. What is not set comes from the environment that a hub gives its services and servers;
/// what is set here wins.
/// </summary>
public sealed class JupyterHubAuthenticationOptions : AuthenticationSchemeOptions
{
    /// <summary>Address of the hub's API as this process reaches it; by default <c>JUPYTERHUB_API_URL</c>.</summary>
    public string? ApiUrl { get; set; }

    /// <summary>This app's token, also the secret of its OAuth client; by default <c>JUPYTERHUB_API_TOKEN</c>.</summary>
    public string? ApiToken { get; set; }

    /// <summary>Identifier of the OAuth client; by default <c>JUPYTERHUB_CLIENT_ID</c>.</summary>
    public string? ClientId { get; set; }

    /// <summary>Path below which the app lives, percent-encoded, with a slash at both ends; by default <c>JUPYTERHUB_SERVICE_PREFIX</c>, else <c>/</c>.</summary>
    public string? ServicePrefix { get; set; }

    /// <summary>Path of the whole deployment; by default <c>JUPYTERHUB_BASE_URL</c>, else <c>/</c>.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>The hub's origin as browsers see it when it is not this app's own; by default <c>JUPYTERHUB_HOST</c>.</summary>
    public string? HubHost { get; set; }

    /// <summary>This app's address as browsers see it, where that is known; by default <c>JUPYTERHUB_PUBLIC_URL</c>.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Where browsers return to, as registered with the hub; by default <c>JUPYTERHUB_OAUTH_CALLBACK_URL</c>, else <c>oauth_callback</c> below the prefix.</summary>
    public string? CallbackUrl { get; set; }

    /// <summary>
    /// Scopes of which a visitor must hold one; by default <c>JUPYTERHUB_OAUTH_ACCESS_SCOPES</c>, else access to the service that
    /// <c>JUPYTERHUB_SERVICE_NAME</c> names. An empty list lets in everybody whom the hub knows.
    /// </summary>
    public IList<string>? AccessScopes { get; set; }

    /// <summary>
    /// How long the hub's answer about a token is believed; by default five minutes. A sign-out or revocation is noticed no later than
    /// this. Answers that keep somebody out are believed for 30 seconds at most.
    /// </summary>
    public TimeSpan CacheLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many answers are remembered at most; by default 10,000.</summary>
    public int CacheCapacity { get; set; } = 10_000;

    /// <summary>How long a sign-in may take, from leaving for the hub to coming back; by default ten minutes.</summary>
    public TimeSpan SignInTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What a request that changes something must prove when only a cookie says whom it comes from; by default <see cref="HubCrossSiteProtection.Token"/>.</summary>
    public HubCrossSiteProtection CrossSiteProtection { get; set; } = HubCrossSiteProtection.Token;

    /// <summary>Where activity is reported; by default <c>JUPYTERHUB_ACTIVITY_URL</c>, which only single-user servers get. Without it nothing is reported.</summary>
    public string? ActivityUrl { get; set; }

    /// <summary>How often activity is reported; by default <c>JUPYTERHUB_ACTIVITY_INTERVAL</c> in seconds, else five minutes. Zero reports nothing.</summary>
    public TimeSpan? ActivityInterval { get; set; }

    /// <summary>Name of this single-user server; by default <c>JUPYTERHUB_SERVER_NAME</c>, empty for the default server.</summary>
    public string? ServerName { get; set; }

    /// <summary>Writes the page that a browser gets when signing in fails; by default a plain one. The status is set already.</summary>
    public Func<HttpContext, HubSignInProblem, Task>? ProblemPage { get; set; }
}
