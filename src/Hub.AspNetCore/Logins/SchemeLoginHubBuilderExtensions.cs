using JupyterHub.AspNetCore.Logins;
using JupyterHub.Core.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets the application's own authentication serve as a login of the hub.</summary>
public static class SchemeLoginHubBuilderExtensions
{
    /// <summary>
    /// Adds a button to the sign-in page that signs in by an authentication scheme of the application: its cookie, or any handler that sends
    /// people elsewhere (such a one signs into the hub: <see cref="SignInToJupyterHub"/>). The application's default schemes stay as they are. Called again for the
    /// same name, it configures further; <c>JupyterHub:Logins:</c>name goes before code.
    /// </summary>
    /// <param name="builder">The hub.</param>
    /// <param name="name">The login's name in addresses: lower-case letters, digits, hyphens and underscores.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="configure">Says what the button is called and what the claims mean.</param>
    public static IHubBuilder AddSchemeLogin(this IHubBuilder builder, string name, string scheme, Action<SchemeLoginOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        var logins = builder.Services.Logins();
        logins.AddType(SchemeLogin.TypeName, typeof(SchemeLogin), typeof(SchemeLoginOptions));
        logins.Declare(name, SchemeLogin.TypeName, options =>
        {
            var settings = (SchemeLoginOptions)options;
            settings.Scheme = scheme;
            configure?.Invoke(settings);
        });
        AddExternalScheme(builder.Services);
        return builder;
    }

    /// <summary>
    /// Makes a handler that sends people elsewhere (OAuth, OpenID Connect and their relatives) sign into the hub when they come back, and tell the hub when that
    /// fails. For handlers that serve the hub alone.
    /// </summary>
    /// <param name="options">The handler's options.</param>
    public static void SignInToJupyterHub(this RemoteAuthenticationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.SignInScheme = JupyterHubLogins.ExternalScheme;
        var before = options.Events.OnRemoteFailure;
        options.Events.OnRemoteFailure = async failure =>
        {
            await before(failure);
            if (failure.Result is null && failure.Properties?.RedirectUri is { Length: > 0 } back)
            {
                // There the hub finds that nobody came back, and says so on its sign-in page.
                failure.Response.Redirect(back);
                failure.HandleResponse();
            }
        };
    }

    /// <summary>Puts the external scheme beside the application's handlers, whatever provides these.</summary>
    private static void AddExternalScheme(IServiceCollection services)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IAuthenticationHandlerProvider));
        if (inner.ImplementationFactory?.Target is ExternalSchemeFactory)
        {
            return;
        }

        services.Replace(new ServiceDescriptor(typeof(IAuthenticationHandlerProvider), new ExternalSchemeFactory(inner).Create, ServiceLifetime.Scoped));
    }

    private sealed class ExternalSchemeFactory(ServiceDescriptor inner)
    {
        public HubHandlerProvider Create(IServiceProvider services) => new HubHandlerProvider(
            (IAuthenticationHandlerProvider)(inner.ImplementationInstance
                ?? inner.ImplementationFactory?.Invoke(services)
                ?? ActivatorUtilities.CreateInstance(services, inner.ImplementationType!)),
            services.GetRequiredService<ExternalTickets>());
    }
}
