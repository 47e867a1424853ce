using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Cli.Scopes.Worlds;

/// <summary>What a hub's configuration says about who may do what.</summary>
internal sealed record HubDeclarations
{
    private static readonly string[] CustomScopeSettings = ["Description", "Subscopes"];
    private static readonly string[] GroupSettings = ["Users", "Properties"];
    private static readonly string[] RoleSettings = ["Name", "Description", "Scopes", "Users", "Groups", "Services"];

    private static readonly string[] ServiceSettings =
    [
        "Admin", "ApiToken", "Command", "Cwd", "Display", "Environment", "Info", "Name", "OauthClientAllowedScopes", "OauthClientId",
        "OauthNoConfirm", "OauthRedirectUri", "OauthRoles", "Timeout", "Url", "User",
    ];

    public required IReadOnlyList<CustomScope> CustomScopes { get; init; }

    public required RoleDeclarations Roles { get; init; }

    /// <summary>Groups with their members.</summary>
    public required IReadOnlyList<(string Name, string[] Users)> Groups { get; init; }

    public required IReadOnlyList<AdminFlag> Services { get; init; }

    /// <exception cref="Core.Hosting.HubStartupException">A setting is unknown or wrong.</exception>
    public static HubDeclarations Read(Settings hub)
    {
        hub.RequireKnown(KnownSettings.Of(KnownSettings.Root));
        var authenticators = Authenticators(hub);
        var names = new UserNames(new AuthenticatorOptions { UsernameMap = NameMap(authenticators) });
        return new()
        {
            CustomScopes = hub.Named("CustomScopes").Select(scope => CustomScope(scope.Name, scope.Value)).ToArray(),
            Roles = new()
            {
                Roles = hub.Objects("LoadRoles").Select(role => Role(role, names)).ToArray(),
                ManagedRoles = authenticators.Any(authenticator => authenticator.Flag("ManageRoles")) ? [] : null,
                ExtraUserScopes = hub.Texts("ExtraUserScopes") ?? [],
                AdminUsers = Users(hub, authenticators, "AdminUsers", names),
                AllowedUsers = Users(hub, authenticators, "AllowedUsers", names),
            },
            Groups = hub.Named("LoadGroups", "Users").Select(group => (group.Name, Members(group.Value, names))).ToArray(),
            Services = hub.Objects("Services").Select(Service).ToArray(),
        };
    }

    private static Settings[] Authenticators(Settings hub) => hub.Has("Authenticator") && hub.Has("Authenticators")
        ? throw hub.Error("Authenticators", "cannot be given together with Authenticator")
        : hub.Section("Authenticator") is { } single ? [single] : hub.Named("Authenticators").Select(named => named.Value).ToArray();

    private static Dictionary<string, string> NameMap(Settings[] authenticators)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in authenticators.SelectMany(authenticator => authenticator.NamedTexts("UsernameMap")))
        {
            map[name] = value;
        }

        return map;
    }

    private static string[] Users(Settings hub, Settings[] authenticators, string setting, UserNames names)
    {
        if (hub.Has(setting) && authenticators.Any(authenticator => authenticator.Has(setting)))
        {
            throw hub.Error(setting, "is given in the section of the authenticator, too; keep one of both");
        }

        return [.. authenticators.Append(hub).SelectMany(section => section.Texts(setting) ?? []).Select(names.Normalize).Distinct(StringComparer.Ordinal)];
    }

    private static CustomScope CustomScope(string name, Settings scope)
    {
        scope.RequireKnown(CustomScopeSettings);
        return new(name, scope.RequiredText("Description"), scope.Texts("Subscopes"));
    }

    private static RoleDefinition Role(Settings role, UserNames names)
    {
        role.RequireKnown(RoleSettings);
        return new(role.RequiredText("Name"))
        {
            Description = role.Text("Description"),
            Scopes = role.Texts("Scopes"),
            Users = role.Texts("Users")?.Select(names.Normalize).ToArray(),
            Groups = role.Texts("Groups"),
            Services = role.Texts("Services"),
        };
    }

    private static string[] Members(Settings group, UserNames names)
    {
        group.RequireKnown(GroupSettings);
        return (group.Texts("Users") ?? []).Select(names.Normalize).ToArray();
    }

    private static AdminFlag Service(Settings service)
    {
        service.RequireKnown(ServiceSettings);
        return new(ScopeOwner.Service(service.RequiredText("Name")), service.Flag("Admin"));
    }
}
