using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Declares roles, groups, services and scopes in code. A configuration that has such a list replaces the whole list of the code.</summary>
public static class HubBuilderDeclarationExtensions
{
    /// <summary>Declares a role: an item of <c>JupyterHub:LoadRoles</c>. Called again for the same name, it declares further.</summary>
    /// <param name="builder">The hub.</param>
    /// <param name="name">The role's name; that of a default role changes that role.</param>
    /// <param name="configure">Says what the role gives and who holds it.</param>
    public static IHubBuilder AddRole(this IHubBuilder builder, string name, Action<RoleBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.Declare(hub =>
        {
            var role = hub.LoadRoles.FirstOrDefault(known => known.Name == name);
            if (role is null)
            {
                role = new RoleDeclaration { Name = name };
                hub.LoadRoles.Add(role);
            }

            configure?.Invoke(new RoleBuilder(role));
        });
    }

    /// <summary>Declares a group: a value of <c>JupyterHub:LoadGroups</c>. Called again for the same name, it declares further.</summary>
    /// <param name="builder">The hub.</param>
    /// <param name="name">The group's name.</param>
    /// <param name="configure">Names members and sets properties.</param>
    public static IHubBuilder AddGroup(this IHubBuilder builder, string name, Action<GroupDeclaration>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.Declare(hub =>
        {
            if (!hub.LoadGroups.TryGetValue(name, out var group))
            {
                hub.LoadGroups[name] = group = new GroupDeclaration();
            }

            configure?.Invoke(group);
        });
    }

    /// <summary>Declares a hub service: an item of <c>JupyterHub:Services</c>. Called again for the same name, it declares further.</summary>
    /// <param name="builder">The hub.</param>
    /// <param name="name">The service's name.</param>
    /// <param name="configure">Sets its token, address and the rest.</param>
    public static IHubBuilder AddHubService(this IHubBuilder builder, string name, Action<ServiceDeclaration>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.Declare(hub =>
        {
            var service = hub.Services.FirstOrDefault(known => known.Name == name);
            if (service is null)
            {
                service = new ServiceDeclaration { Name = name };
                hub.Services.Add(service);
            }

            configure?.Invoke(service);
        });
    }

    /// <summary>Declares a scope for the services of this deployment: a value of <c>JupyterHub:CustomScopes</c>. Called again for the same name, it declares it anew.</summary>
    /// <param name="builder">The hub.</param>
    /// <param name="name">The scope's name, which begins with <c>custom:</c>.</param>
    /// <param name="description">One sentence for people who are asked to grant it.</param>
    /// <param name="subscopes">Custom scopes that it implies; each is declared, too.</param>
    public static IHubBuilder AddCustomScope(this IHubBuilder builder, string name, string description, params string[] subscopes)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(description);
        ArgumentNullException.ThrowIfNull(subscopes);
        return builder.Declare(hub => hub.CustomScopes[name] = new ScopeDeclaration { Description = description, Subscopes = [.. subscopes] });
    }

    private static IHubBuilder Declare(this IHubBuilder builder, Action<JupyterHubOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(new HubDefaults(configure));
        return builder;
    }
}
