using JupyterHub.Client;
using JupyterHub.Client.ActivityTracking;
using JupyterHub.Client.Authentication;
using JupyterHub.Client.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Signs people in through a hub.</summary>
public static class JupyterHubAuthenticationBuilderExtensions
{
    /// <summary>
    /// Makes this app a service or single-user server of a hub: visitors sign in there, API callers bring a token of it, the app lives
    /// below its prefix, and activity is reported. Reads the environment that the hub gives. Safe to call twice.
    /// </summary>
    /// <param name="builder">What <c>AddAuthentication()</c> returns.</param>
    /// <param name="configure">Overrides the environment.</param>
    /// <exception cref="JupyterHubConfigurationException">Thrown when the app starts: a setting is missing or broken.</exception>
    public static AuthenticationBuilder AddJupyterHub(this AuthenticationBuilder builder, Action<JupyterHubAuthenticationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (configure is not null)
        {
            services.Configure(JupyterHubDefaults.AuthenticationScheme, configure);
        }

        if (services.Any(service => service.ServiceType == typeof(ServiceSettings)))
        {
            return builder;
        }

        services.AddHubHttp();
        services.AddSingleton(provider => ServiceSettings.Create(
            provider.GetRequiredService<IOptionsMonitor<JupyterHubAuthenticationOptions>>().Get(JupyterHubDefaults.AuthenticationScheme),
            provider.GetRequiredService<HubEnvironment>()));
        services.AddSingleton<IdentityCache>();
        services.AddSingleton<TokenCookie>();
        services.AddSingleton<UsedStates>();
        services.AddSingleton<PendingSignIns>();
        services.AddSingleton<SignInFlow>();
        services.AddSingleton<Visitors>();
        services.AddSingleton<ProblemAnswers>();
        services.AddSingleton<HubActivity>();
        services.AddSingleton(provider => new HubLinks(provider.GetRequiredService<ServiceSettings>()));
        services.AddSingleton<IHostedService, ActivityReporter>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, HubPrefixFilter>());
        return builder.AddScheme<JupyterHubAuthenticationOptions, JupyterHubAuthenticationHandler>(JupyterHubDefaults.AuthenticationScheme, null);
    }

    /// <summary>Asks for one of these scopes of the hub, which may have filters.</summary>
    public static AuthorizationPolicyBuilder RequireHubScope(this AuthorizationPolicyBuilder policy, params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(policy);
        policy.Requirements.Add(new HubScopeRequirement(scopes));
        return policy;
    }
}
