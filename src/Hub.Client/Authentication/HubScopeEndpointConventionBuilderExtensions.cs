using JupyterHub.Client.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Asks for scopes of the hub at endpoints.</summary>
public static class HubScopeEndpointConventionBuilderExtensions
{
    /// <summary>Lets in only visitors whose token holds one of these scopes of the hub, which may have filters.</summary>
    public static TBuilder RequireHubScope<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(new AuthorizationPolicyBuilder(JupyterHubDefaults.AuthenticationScheme)
            .RequireAuthenticatedUser()
            .AddRequirements(new HubScopeRequirement(scopes))
            .Build());
}
