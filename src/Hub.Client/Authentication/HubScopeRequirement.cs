using Microsoft.AspNetCore.Authorization;

namespace JupyterHub.Client.Authentication;

/// <summary>Asks for one of several scopes of the hub.</summary>
public sealed class HubScopeRequirement : AuthorizationHandler<HubScopeRequirement>, IAuthorizationRequirement
{
    /// <summary>Creates the requirement; any one of the scopes suffices.</summary>
    /// <param name="scopes">Scopes, with full filters (<c>!user=ada</c>) or without.</param>
    public HubScopeRequirement(IEnumerable<string> scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        Scopes = [.. scopes];
        if (Scopes.Count == 0 || Scopes.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("Name at least one scope.", nameof(scopes));
        }
    }

    /// <summary>The scopes of which one suffices.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>For people: what is asked for.</summary>
    public override string ToString() => $"One of these scopes of the hub: {string.Join(", ", Scopes)}";

    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, HubScopeRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(requirement);
        if (HeldScopes.Satisfy(requirement.Scopes, context.User.GetHubScopes()))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
