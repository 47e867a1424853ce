namespace JupyterHub.Client.Models;

/// <summary>A change of a role to look at before making it.</summary>
public sealed record RoleChange
{
    private RoleChange(string action, string role) => (Action, Role) = (action, role);

    internal string Action { get; }

    internal string Role { get; }

    internal NewRole? NewRole { get; private init; }

    internal RolePatch? Patch { get; private init; }

    internal HubPrincipal? Holder { get; private init; }

    internal DateTimeOffset? ExpiresAt { get; private init; }

    /// <summary>Making a role.</summary>
    public static RoleChange Create(string name, NewRole role) => new("create", name) { NewRole = role };

    /// <summary>Changing a role.</summary>
    public static RoleChange Update(string name, RolePatch patch) => new("change", name) { Patch = patch };

    /// <summary>Deleting a role.</summary>
    public static RoleChange Delete(string name) => new("delete", name);

    /// <summary>Giving a role to somebody, until a time or for ever.</summary>
    public static RoleChange Assign(string name, HubPrincipal holder, DateTimeOffset? expiresAt = null) =>
        new("assign", name) { Holder = holder, ExpiresAt = expiresAt };

    /// <summary>Taking a role from somebody.</summary>
    public static RoleChange Remove(string name, HubPrincipal holder) => new("remove", name) { Holder = holder };
}
