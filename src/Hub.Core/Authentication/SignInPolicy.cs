using JupyterHub.Core.Configuration;

namespace JupyterHub.Core.Authentication;

/// <summary>Who of those that an authenticator recognised may enter. Nobody, unless a setting says so.</summary>
internal sealed class SignInPolicy
{
    private readonly bool allowAll;
    private readonly bool allowExisting;
    private readonly HashSet<string> allowed;
    private readonly HashSet<string> admins;
    private readonly HashSet<string> declared;
    private readonly UserNames names;

    public SignInPolicy(AuthenticatorOptions options, JupyterHubOptions hub, UserNames names)
    {
        this.names = names;
        allowAll = options.AllowAll;
        allowExisting = options.AllowExistingUsers;
        allowed = names.Set(options.AllowedUsers);
        admins = names.Set(options.AdminUsers);
        declared = names.Set([.. hub.LoadRoles.SelectMany(role => role.Users ?? []), .. hub.LoadGroups.Values.SelectMany(group => group.Users)]);
    }

    /// <summary>True if the settings make this user an administrator.</summary>
    public bool IsAdmin(string name) => admins.Contains(name);

    /// <summary>True if the settings give something to this user: the name is spoken for, whether the user exists or not.</summary>
    public bool IsListed(string name) => allowed.Contains(name) || admins.Contains(name) || declared.Contains(name);

    /// <summary>Decides for a normalised name.</summary>
    /// <param name="name">The normalised name.</param>
    /// <param name="vouched">The authenticator says that this user may enter.</param>
    public Admission Decide(string name, bool vouched)
    {
        if (names.IsBlocked(name))
        {
            return Admission.Refused;
        }

        return vouched || allowAll || allowed.Contains(name) || admins.Contains(name)
            ? Admission.Granted
            : allowExisting ? Admission.GrantedIfKnown : Admission.Refused;
    }
}
