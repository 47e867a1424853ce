using JupyterHub.Core.Configuration;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Cli.Scopes.Worlds;

/// <summary>The world that questions are about, and who is known in it.</summary>
internal sealed class ScopeWorld
{
    private readonly HashSet<ScopeOwner> known;

    public ScopeWorld(RbacWorld rbac, IEnumerable<string> groups)
    {
        Rbac = rbac;
        known = [.. rbac.Principals, .. groups.Select(ScopeOwner.Group)];
    }

    public RbacWorld Rbac { get; }

    /// <summary>True for a hub's configuration: people whom it does not name may sign in as well.</summary>
    public bool AdmitsOthers { get; init; }

    /// <summary>What a person should know about the answers; each is one sentence.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public ScopeCatalog Catalog => Rbac.Engine.Catalog;

    public bool Knows(ScopeOwner who) => known.Contains(who);

    /// <summary>This world, if need be with a user whom the configuration does not name; refuses anybody else who is not in it.</summary>
    /// <exception cref="ScopesRefusedException">There is nobody of that name.</exception>
    public ScopeWorld Admit(ScopeOwner who)
    {
        if (Knows(who))
        {
            return this;
        }

        if (!AdmitsOthers || who.Kind != ResourceKind.User)
        {
            var nearest = NearestName.Find(who.Name, known.Where(other => other.Kind == who.Kind).Select(other => other.Name));
            throw new ScopesRefusedException($"There is no {PlainText.Of(who.ToString())}{(nearest is null ? "" : $"; did you mean {PlainText.Of(nearest)}?")}");
        }

        return With([who], [.. Notes, $"The configuration does not name {PlainText.Of(who.ToString())}: taken as somebody with the role user and without groups."]);
    }

    /// <summary>This world with users of another one that it does not name: leaving a configuration is not leaving the hub.</summary>
    public ScopeWorld AdmitUsersOf(ScopeWorld other) =>
        With(other.Rbac.Principals.Where(who => who.Kind == ResourceKind.User && !Knows(who)).ToArray(), Notes);

    /// <summary>As <see cref="Admit(ScopeOwner)"/>, for the entity that a question is about. Servers need no more than an owner: they come and go.</summary>
    public ScopeWorld Admit(Resource? resource) => resource switch
    {
        null => this,
        { Kind: ResourceKind.Group } group => Admit(ScopeOwner.Group(group.Name)),
        { Kind: ResourceKind.Service } service => Admit(ScopeOwner.Service(service.Name)),
        { Name: var user } => Admit(ScopeOwner.User(user)),
    };

    private ScopeWorld With(ScopeOwner[] users, IReadOnlyList<string> notes)
    {
        var grants = users.Select(user => new RoleGrant(user, BuiltInRoles.UserName));
        var world = new RbacWorld(Rbac.Engine, Rbac.Membership, [.. Rbac.Principals, .. users], Rbac.Roles, [.. Rbac.Grants, .. grants]);
        var groups = known.Where(other => other.Kind == ResourceKind.Group).Select(group => group.Name);
        return new ScopeWorld(world, groups) { AdmitsOthers = AdmitsOthers, Notes = notes };
    }
}
