using JupyterHub.Core.Authentication;
using JupyterHub.Core.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers authenticators with a hub.</summary>
public static class HubBuilderAuthenticatorExtensions
{
    /// <summary>Registers an authenticator with its options.</summary>
    public static IHubBuilder AddAuthenticator<TAuthenticator, TOptions>(this IHubBuilder builder, string name, Action<TOptions>? configure = null)
        where TAuthenticator : class, IAuthenticator
        where TOptions : AuthenticatorOptions, new()
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var options = new TOptions();
        configure?.Invoke(options);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<AuthenticatorOptions>(options);
        builder.Services.AddSingleton<IAuthenticator, TAuthenticator>();
        return builder;
    }
}
