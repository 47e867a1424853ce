using JupyterHub.Core.Authentication.AuthState;
using JupyterHub.Core.Authentication.Identities;
using JupyterHub.Core.Authentication.Throttling;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Events;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JupyterHub.Core.Authentication;

/// <summary>Registers what this folder and OAuth consist of. The host adds <see cref="CookieSecret"/>, for which it knows the data folder.</summary>
internal static class AuthenticationRegistration
{
    public static IServiceCollection AddHubAuthentication(this IServiceCollection services)
    {
        services.TryAddSingleton<HubEvents>();
        services.AddHubMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => DeclaredScopes.CreateEngine(provider.GetRequiredService<JupyterHubOptions>()));
        services.TryAddSingleton(provider => provider.GetRequiredService<ScopeEngine>().Catalog);
        services.TryAddSingleton(_ => XsrfSettings.Read(Environment.GetEnvironmentVariable));
        services.TryAddSingleton<XsrfIds>();
        services.TryAddSingleton<XsrfTokens>();
        services.TryAddSingleton<UserNames>();
        services.TryAddSingleton<SignInPolicy>();
        services.TryAddSingleton(provider => AuthStateKeys.Load(
            provider.GetRequiredService<AuthenticatorOptions>(), provider.GetRequiredService<JupyterHubOptions>(), Environment.GetEnvironmentVariable));
        services.TryAddSingleton<AuthStates>();
        services.TryAddSingleton(LoginIssuers.None);
        services.TryAddSingleton<SignedInUsers>();
        services.TryAddSingleton<IdentifiedUsers>();
        services.TryAddSingleton<RedirectSignInOperation>();
        services.TryAddSingleton<SignInThrottle>();
        services.TryAddSingleton<SignInOperation>();
        services.TryAddSingleton<LoginCookie>();
        services.TryAddSingleton<SignOutOperation>();
        services.TryAddSingleton<SignOutEverywhereOperation>();
        services.TryAddSingleton<SharedPasswordStore>();

        // Its options are registered only where that authenticator is: the platform's check of all registrations must not look for them.
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<SharedPasswords>(provider));
        services.TryAddSingleton<RequestedScopes>();
        services.TryAddSingleton<AuthorizationCodes>();
        services.TryAddSingleton<AuthorizeOperation>();
        services.TryAddSingleton<ClientAuthentication>();
        services.TryAddSingleton<TokenExchangeOperation>();
        services.TryAddSingleton<TokenRevocationOperation>();
        services.TryAddSingleton<TokenIntrospectionOperation>();
        return services;
    }
}
