using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Configuration.Validation;
using JupyterHub.Core.Groups;
using JupyterHub.Rbac.Roles;

namespace JupyterHub.Core.Roles;

/// <summary>What the configuration says about users, groups and roles, with the names of users as the database has them.</summary>
internal sealed class Declarations
{
    private const string LoadRoles = KnownSettings.Root + ":LoadRoles";
    private const string LoadGroups = KnownSettings.Root + ":LoadGroups";

    private readonly UserNames names;
    private readonly SettingChecks checks;

    /// <exception cref="Hosting.HubStartupException">A name cannot be a user's.</exception>
    public Declarations(JupyterHubOptions hub, AuthenticatorOptions authenticator, UserNames names, SettingChecks checks)
    {
        (this.names, this.checks) = (names, checks);
        BlockedUsers = names.Set(authenticator.BlockedUsers);
        Groups = [.. hub.LoadGroups.Select(group => new DeclaredGroup(group.Key, Users($"{LoadGroups}:{group.Key}:Users", group.Value.Users), group.Value.Properties))];
        Roles = new RoleDeclarations
        {
            Roles = [.. hub.LoadRoles.Select(Role)],
            ExtraUserScopes = [.. hub.ExtraUserScopes],
            AdminUsers = Users($"{KnownSettings.Authenticator}:{nameof(authenticator.AdminUsers)}", authenticator.AdminUsers),
            AllowedUsers = Users($"{KnownSettings.Authenticator}:{nameof(authenticator.AllowedUsers)}", authenticator.AllowedUsers),
            NamedUsers = [.. Groups.SelectMany(group => group.Users).Distinct(StringComparer.Ordinal)],
        };
    }

    public RoleDeclarations Roles { get; }

    public IReadOnlyList<DeclaredGroup> Groups { get; }

    /// <summary>Users who keep nothing, whatever else the configuration says.</summary>
    public IReadOnlySet<string> BlockedUsers { get; }

    /// <summary>All users whom the configuration names, in the order in which those that are missing are created.</summary>
    public IEnumerable<string> UsersInOrder =>
        Roles.AdminUsers.Concat(Roles.AllowedUsers).Concat(Roles.NamedUsers).Concat(Roles.Roles.SelectMany(role => role.Users ?? [])).Distinct(StringComparer.Ordinal);

    private RoleDefinition Role(RoleDeclaration role, int index) => new(role.Name)
    {
        Description = role.Description,
        Scopes = role.Scopes is { } scopes ? [.. scopes] : null,
        Users = role.Users is { } users ? Users($"{LoadRoles}:{index}:{nameof(role.Users)}", users) : null,
        Groups = role.Groups is { } groups ? [.. groups] : null,
        Services = role.Services is { } services ? [.. services] : null,
    };

    private string[] Users(string path, IList<string> written)
    {
        var users = new string[written.Count];
        for (var index = 0; index < users.Length; index++)
        {
            users[index] = names.TryGetCanonical(written[index], out var name)
                ? name
                : throw checks.Error($"{path}:{index}", $"is {SettingErrors.Quote(written[index])}, which cannot be the name of a user");
        }

        return [.. users.Distinct(StringComparer.Ordinal)];
    }
}
