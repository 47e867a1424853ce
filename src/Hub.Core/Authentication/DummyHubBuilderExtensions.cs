using JupyterHub.Core.Authentication;
using JupyterHub.Core.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the <c>dummy</c> authenticator.</summary>
public static class DummyHubBuilderExtensions
{
    /// <summary>Believes every name, for tests and trials. Without a password the hub must listen on the loopback address only.</summary>
    public static IHubBuilder AddDummyAuthenticator(this IHubBuilder builder, Action<DummyAuthenticatorOptions>? configure = null) =>
        builder.AddAuthenticator<DummyAuthenticator, DummyAuthenticatorOptions>(DummyAuthenticator.TypeName, configure);
}
