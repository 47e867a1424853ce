using JupyterHub.Core.Authentication;
using JupyterHub.Core.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the <c>shared-password</c> authenticator.</summary>
public static class SharedPasswordHubBuilderExtensions
{
    /// <summary>One password for the administrators, another for everybody else; those that are not set are made up on the first run.</summary>
    public static IHubBuilder AddSharedPasswordAuthenticator(this IHubBuilder builder, Action<SharedPasswordOptions>? configure = null) =>
        builder.AddAuthenticator<SharedPasswordAuthenticator, SharedPasswordOptions>(SharedPasswordAuthenticator.TypeName, configure);
}
