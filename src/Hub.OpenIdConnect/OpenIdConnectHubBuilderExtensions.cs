using JupyterHub.Core.Configuration.Logins;
using JupyterHub.Core.Hosting;
using JupyterHub.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds logins by OpenID Connect and OAuth2 providers.</summary>
public static class OpenIdConnectHubBuilderExtensions
{
    /// <summary>
    /// Adds the kinds of logins <c>oidc</c> and <c>oauth</c>, so that the configuration can declare some below <c>JupyterHub:Logins</c>.
    /// </summary>
    /// <param name="builder">The hub.</param>
    public static IHubBuilder AddProviderLogins(this IHubBuilder builder)
    {
        Register(builder);
        return builder;
    }

    /// <summary>
    /// Adds a button that signs in by an OpenID Connect provider, which sends people back to <c>hub/login/</c>name<c>/callback</c>. Called again for the same
    /// name, it configures further; <c>JupyterHub:Logins:</c>name goes before code.
    /// </summary>
    /// <param name="builder">The hub.</param>
    /// <param name="name">The login's name in addresses: lower-case letters, digits, hyphens and underscores.</param>
    /// <param name="configure">Names the provider and what it knows this hub by.</param>
    public static IHubBuilder AddOpenIdConnectLogin(this IHubBuilder builder, string name, Action<OpenIdConnectLoginOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Register(builder).Declare(name, OpenIdConnectLogin.TypeName, options => configure?.Invoke((OpenIdConnectLoginOptions)options));
        return builder;
    }

    /// <summary>
    /// Adds a button that signs in by an OAuth2 provider, which sends people back to <c>hub/login/</c>name<c>/callback</c>. Called again for the same name, it
    /// configures further; <c>JupyterHub:Logins:</c>name goes before code.
    /// </summary>
    /// <param name="builder">The hub.</param>
    /// <param name="name">The login's name in addresses: lower-case letters, digits, hyphens and underscores.</param>
    /// <param name="configure">Names the provider's addresses and what it knows this hub by.</param>
    public static IHubBuilder AddOAuthLogin(this IHubBuilder builder, string name, Action<OAuthLoginOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Register(builder).Declare(name, OAuthLogin.TypeName, options => configure?.Invoke((OAuthLoginOptions)options));
        return builder;
    }

    private static LoginRegistry Register(IHubBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<ProviderHandlers>();
        var logins = builder.Services.Logins();
        logins.AddType(OAuthLogin.TypeName, typeof(OAuthLogin), typeof(OAuthLoginOptions));
        logins.AddType(OpenIdConnectLogin.TypeName, typeof(OpenIdConnectLogin), typeof(OpenIdConnectLoginOptions));
        return logins;
    }
}
