using FsCheck;
using FsCheck.Fluent;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Properties;

public sealed class RolePlanProperties
{
    private static readonly string[] Users = ["ada", "ben", "cem"];
    private static readonly string[] RoleNames = ["user", "admin", "mine", "other", "sso"];

    private static readonly Gen<IReadOnlyList<string>?> Members =
        Gen.OneOf(Gen.Constant<IReadOnlyList<string>?>(null), Gen.SubListOf(Users).Select(users => (IReadOnlyList<string>?)users.ToArray()));

    private static readonly Gen<RoleDefinition[]> Definitions =
        from names in Gen.SubListOf("user", "admin", "mine", "other")
        from members in Members.ArrayOf(names.Count)
        from groups in Gen.SubListOf("physics", "maths").ArrayOf(names.Count)
        from services in Gen.SubListOf("culler").ArrayOf(names.Count)
        select names.Select((name, i) => new RoleDefinition(name)
        {
            Scopes = name is "admin" or "user" ? null : ["read:hub"],
            Users = members[i],
            Groups = groups[i].ToArray(),
            Services = services[i].ToArray(),
        }).ToArray();

    private static readonly Gen<RoleDeclarations> Declarations =
        from roles in Definitions
        from managed in Gen.OneOf(Gen.Constant<IReadOnlyList<RoleDefinition>?>(null), Members.Select(users => (IReadOnlyList<RoleDefinition>?)[new RoleDefinition("sso") { Scopes = ["read:hub"], Users = users }]))
        from reset in ArbMap.Default.GeneratorFor<bool>()
        from admins in Gen.SubListOf(Users)
        from allowed in Gen.SubListOf(Users)
        select new RoleDeclarations
        {
            Roles = managed is null ? roles : roles.Select(role => role with { Users = null, Groups = null }).ToArray(),
            ManagedRoles = managed,
            ResetManagedRoles = reset,
            AdminUsers = admins.ToArray(),
            AllowedUsers = allowed.ToArray(),
        };

    private static readonly Gen<RoleState> States =
        from names in Gen.SubListOf(RoleNames)
        from managed in ArbMap.Default.GeneratorFor<bool>().ArrayOf(names.Count)
        from users in Gen.SubListOf("ada", "ben")
        from admin in ArbMap.Default.GeneratorFor<bool>().ArrayOf(users.Count + 1)
        let principals = users.Select(ScopeOwner.User).Append(ScopeOwner.Service("culler")).ToArray()
        from held in Gen.SubListOf(names.SelectMany(role => principals.Select(who => (who, role))).ToArray())
        from heldManaged in ArbMap.Default.GeneratorFor<bool>().ArrayOf(held.Count)
        select new RoleState
        {
            Roles = names.Select((name, i) => new StoredRole(name, null, ["read:hub"], managed[i])).ToArray(),
            Principals = principals.Select((who, i) => new AdminFlag(who, admin[i])).ToArray(),
            Groups = ["physics"],
            Assignments = held.Select((entry, i) => new RoleAssignment(entry.who, entry.role, heldManaged[i])).ToArray(),
        };

    private static readonly Gen<(RoleDeclarations Declared, RoleState State)> Samples =
        Declarations.SelectMany(_ => States, (declared, state) => (declared, state));

    [Fact]
    public void A_second_start_changes_nothing() =>
        Check(sample =>
        {
            var settled = Apply(RolePlan.Create(sample.Declared, sample.State, ScopeEngine.BuiltIn), sample.State);
            return RolePlan.Create(sample.Declared, settled, ScopeEngine.BuiltIn).IsEmpty;
        });

    [Fact]
    public void Afterwards_flag_and_role_of_administrators_agree_and_every_assignment_has_its_role() =>
        Check(sample =>
        {
            var settled = Apply(RolePlan.Create(sample.Declared, sample.State, ScopeEngine.BuiltIn), sample.State);
            var roles = settled.Roles.Select(role => role.Name).ToHashSet();
            return settled.Principals.All(principal => principal.IsAdmin == settled.Assignments.Any(held => held.Holder == principal.Who && held.Role == "admin"))
                && settled.Assignments.All(held => roles.Contains(held.Role))
                && BuiltInRoles.All.All(role => roles.Contains(role.Name));
        });

    [Fact]
    public void A_plan_strips_only_what_is_held_and_grants_only_what_is_not() =>
        Check(sample =>
        {
            var plan = RolePlan.Create(sample.Declared, sample.State, ScopeEngine.BuiltIn);
            var deleted = plan.DeletedRoles.Select(role => role.Name).ToHashSet();
            var held = sample.State.Assignments.Where(assignment => !deleted.Contains(assignment.Role)).Select(assignment => (assignment.Holder, assignment.Role)).ToHashSet();
            return plan.Stripped.All(assignment => held.Contains((assignment.Holder, assignment.Role)))
                && plan.MarkedManaged.All(assignment => held.Contains((assignment.Holder, assignment.Role)))
                && plan.Granted.All(assignment => !held.Contains((assignment.Holder, assignment.Role)));
        });

    private static RoleState Apply(RolePlan plan, RoleState state)
    {
        var deleted = plan.DeletedRoles.Select(role => role.Name).ToHashSet();
        var updated = plan.UpdatedRoles.ToDictionary(update => update.Before.Name, update => update.After);
        var gone = plan.Stripped.Concat(plan.MarkedManaged).Select(assignment => (assignment.Holder, assignment.Role)).ToHashSet();
        var flags = state.Principals.ToDictionary(principal => principal.Who, principal => principal.IsAdmin);
        foreach (var user in plan.CreatedUsers)
        {
            flags.Add(ScopeOwner.User(user), false);
        }

        foreach (var flag in plan.AdminFlags)
        {
            flags[flag.Who] = flag.IsAdmin;
        }

        return new()
        {
            Roles = [.. state.Roles.Where(role => !deleted.Contains(role.Name)).Select(role => updated.GetValueOrDefault(role.Name, role)), .. plan.CreatedRoles],
            Principals = flags.Select(flag => new AdminFlag(flag.Key, flag.Value)).ToArray(),
            Groups = [.. state.Groups, .. plan.CreatedGroups],
            Assignments =
            [
                .. state.Assignments.Where(held => !deleted.Contains(held.Role) && !gone.Contains((held.Holder, held.Role))),
                .. plan.Granted,
                .. plan.MarkedManaged,
            ],
        };
    }

    private static void Check(Func<(RoleDeclarations Declared, RoleState State), bool> holds) =>
        Prop.ForAll(Samples.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
