using JupyterHub.Core.Authentication;
using JupyterHub.Core.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers authenticators with a hub.</summary>
public static class HubBuilderAuthenticatorExtensions
{
    /// <summary>
    /// Registers an authenticator under the name that <c>JupyterHub:Authenticator:Type</c> selects it by; without a <c>Type</c> the one
    /// registered last is taken. Its constructor may ask for its options and any singleton. Called again for the same class and name, it configures further;
    /// another class takes the name over.
    /// </summary>
    /// <typeparam name="TAuthenticator">The authenticator.</typeparam>
    /// <typeparam name="TOptions">Its settings, bound from section <c>JupyterHub:Authenticator</c>; checked by their validation attributes.</typeparam>
    /// <param name="builder">The hub.</param>
    /// <param name="name">The name for <c>Type</c>; case does not count.</param>
    /// <param name="configure">Sets defaults, over which the configuration wins.</param>
    public static IHubBuilder AddAuthenticator<TAuthenticator, TOptions>(this IHubBuilder builder, string name, Action<TOptions>? configure = null)
        where TAuthenticator : class, IAuthenticator
        where TOptions : AuthenticatorOptions, new()
    {
        builder.Services.AddComponent<IAuthenticator, TAuthenticator, TOptions>(name, configure);
        if (typeof(TOptions) != typeof(AuthenticatorOptions))
        {
            builder.Services.TryAddSingleton(provider => HubCoreServices.Options<TOptions>(provider, HubCoreServices.Configured(provider).Authenticator));
        }

        return builder;
    }
}
