using JupyterHub.Core.Configuration;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Cli.Scopes.Worlds;

/// <summary>The world that a hub has after its first start with a configuration, worked out as the start itself does.</summary>
internal static class ConfiguredWorld
{
    /// <summary>Stands for everybody whom the configuration does not name: they have the role user and no groups.</summary>
    private static readonly ScopeOwner AnybodyElse = ScopeOwner.User("(anybody else)");

    /// <param name="declared">What the configuration says.</param>
    /// <param name="engine">Knows the configuration's custom scopes.</param>
    /// <exception cref="ScopesRefusedException">A role or service is declared wrongly.</exception>
    public static ScopeWorld Create(HubDeclarations declared, ScopeEngine engine)
    {
        var plan = Plan(declared, engine);
        var members = declared.Groups.SelectMany(group => group.Users).Distinct(StringComparer.Ordinal);
        var membership = new MembershipSnapshot(1, declared.Groups.SelectMany(group => group.Users.Select(user => KeyValuePair.Create(user, group.Name))));
        var world = new RbacWorld(
            engine,
            membership,
            [.. members.Concat(plan.CreatedUsers).Select(ScopeOwner.User), AnybodyElse, .. declared.Services.Select(service => service.Who)],
            plan.CreatedRoles.Select(role => KeyValuePair.Create(role.Name, role.Scopes)),
            [.. plan.Granted.Select(grant => new RoleGrant(grant.Holder, grant.Role)), new RoleGrant(AnybodyElse, BuiltInRoles.UserName)]);
        return new ScopeWorld(world, declared.Groups.Select(group => group.Name).Concat(plan.CreatedGroups)) { AdmitsOthers = true, Notes = Notes(declared, plan) };
    }

    /// <summary>An engine that knows the custom scopes of all these configurations.</summary>
    /// <exception cref="ScopesRefusedException">A definition breaks a rule, or two differ.</exception>
    public static ScopeEngine Engine(params ReadOnlySpan<HubDeclarations?> configurations)
    {
        var catalog = ScopeCatalog.BuiltIn;
        try
        {
            foreach (var declared in configurations)
            {
                catalog = catalog.Extend(declared?.CustomScopes ?? []);
            }
        }
        catch (ScopeException exception)
        {
            throw new ScopesRefusedException($"{KnownSettings.Root}:CustomScopes: {exception.Message}");
        }

        return ReferenceEquals(catalog, ScopeCatalog.BuiltIn) ? ScopeEngine.BuiltIn : new ScopeEngine(catalog);
    }

    private static RolePlan Plan(HubDeclarations declared, ScopeEngine engine)
    {
        if (declared.Services.CountBy(service => service.Who).FirstOrDefault(entry => entry.Value > 1) is { Value: > 1 } twice)
        {
            throw new ScopesRefusedException($"{KnownSettings.Root}:Services names the {PlainText.Of(twice.Key.ToString())} twice.");
        }

        var members = declared.Groups.SelectMany(group => group.Users).Distinct(StringComparer.Ordinal);
        var empty = new RoleState
        {
            Principals = [.. members.Select(user => new AdminFlag(ScopeOwner.User(user), false)), .. declared.Services],
            Groups = declared.Groups.Select(group => group.Name).ToArray(),
        };
        try
        {
            return RolePlan.Create(declared.Roles, empty, engine);
        }
        catch (RoleException exception)
        {
            throw new ScopesRefusedException($"{KnownSettings.Root}:LoadRoles: {exception.Message}");
        }
        catch (ScopeException exception)
        {
            throw new ScopesRefusedException($"{KnownSettings.Root}: {exception.Message}");
        }
    }

    private static IReadOnlyList<string> Notes(HubDeclarations declared, RolePlan plan) => declared.Roles.ManagedRoles is null
        ? plan.Warnings
        : [.. plan.Warnings, "The authenticator manages roles (ManageRoles); what it gives at sign-in is not known here."];
}
