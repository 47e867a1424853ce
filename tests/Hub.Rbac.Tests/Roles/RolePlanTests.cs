using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Roles;

public sealed class RolePlanTests
{
    private static readonly StoredRole[] Defaults =
        BuiltInRoles.All.Select(role => new StoredRole(role.Name, role.Description, role.Scopes!, IsManaged: false)).ToArray();

    [Fact]
    public void An_empty_database_gets_the_default_roles()
    {
        var plan = Plan(new(), new());
        Assert.Equal(["user", "admin", "server", "token"], plan.CreatedRoles.Select(role => role.Name));
        Assert.Empty(plan.Granted);
    }

    [Fact]
    public void Nothing_declared_and_nothing_missing_is_an_empty_plan() =>
        Assert.True(Plan(new(), State(("ada", false))).IsEmpty);

    [Fact]
    public void Users_from_before_there_were_roles_get_theirs()
    {
        var plan = Plan(new(), new() { Principals = [User("ada"), User("root", admin: true)] });
        Assert.Equal(["admin root", "user ada", "user root"], Granted(plan));
    }

    [Fact]
    public void Roles_that_are_declared_no_more_go_and_changed_ones_change()
    {
        var state = new RoleState { Roles = [.. Defaults, new("old", null, ["read:hub"], false), new("mine", null, ["read:hub"], false)] };
        var plan = Plan(new() { Roles = [new("mine") { Scopes = ["read:hub", "shutdown"] }] }, state);
        Assert.Equal(["old"], plan.DeletedRoles.Select(role => role.Name));
        Assert.Equal(["shutdown"], Assert.Single(plan.UpdatedRoles).GainedScopes);
        Assert.Contains("The role 'mine' gains scopes.", plan.Warnings);
    }

    [Fact]
    public void Managed_roles_stay_until_a_reset()
    {
        var state = new RoleState { Roles = [.. Defaults, new("sso", null, ["read:hub"], true)] };
        Assert.True(Plan(new() { ManagedRoles = [] }, state).IsEmpty);
        Assert.Equal(["sso"], Plan(new() { ManagedRoles = [], ResetManagedRoles = true }, state).DeletedRoles.Select(role => role.Name));
    }

    [Fact]
    public void Listed_members_become_exactly_the_members_and_missing_ones_are_created()
    {
        var state = State([("ada", false), ("ben", false)], new StoredRole("mine", null, ["read:hub"], false), Held("ada", "mine"), Group("physics", "mine"));
        var plan = Plan(new() { Roles = [new("mine") { Scopes = ["read:hub"], Users = ["ben", "new"], Groups = ["maths"] }] }, state);
        Assert.Equal(["mine ada", "mine physics"], Stripped(plan));
        Assert.Equal(["mine ben", "mine new", "mine maths", "user new"], Granted(plan));
        Assert.Equal(["new"], plan.CreatedUsers);
        Assert.Equal(["maths"], plan.CreatedGroups);
    }

    [Fact]
    public void A_kind_that_is_left_out_is_cleared_except_the_users_of_user()
    {
        var state = State([("ada", false)], new StoredRole("mine", null, ["read:hub"], false), Held("ada", "mine"), Group("physics", "user"));
        var plan = Plan(new() { Roles = [new("mine") { Scopes = ["read:hub"] }, new("user")] }, state);
        Assert.Equal(["mine ada", "user physics"], Stripped(plan));
    }

    [Fact]
    public void A_service_must_exist() =>
        Assert.Contains("not defined", Assert.Throws<RoleException>(() => Plan(new() { Roles = [new("mine") { Services = ["nope"] }] }, new())).Message, StringComparison.Ordinal);

    [Fact]
    public void Users_named_for_another_reason_are_created_like_any_and_an_exact_list_holds_for_them()
    {
        var state = State(("ada", false));
        var plan = Plan(new() { NamedUsers = ["ada", "member"] }, state);
        Assert.Equal(["member"], plan.CreatedUsers);
        Assert.Equal(["user member"], Granted(plan));
        Assert.Equal(["member"], Plan(new() { NamedUsers = ["member"], Roles = [new("user") { Users = [] }] }, state).CreatedUsers);
        Assert.Empty(Granted(Plan(new() { NamedUsers = ["member"], Roles = [new("user") { Users = [] }] }, state)));
    }

    [Fact]
    public void Admin_users_are_created_with_flag_and_roles()
    {
        var plan = Plan(new() { AdminUsers = ["root"] }, State(("ada", false)));
        Assert.Equal(["root"], plan.CreatedUsers);
        Assert.Equal(["admin root", "user root"], Granted(plan));
        Assert.Equal([new AdminFlag(ScopeOwner.User("root"), true)], plan.AdminFlags);
    }

    [Fact]
    public void Without_a_list_flag_and_role_add_to_each_other()
    {
        var state = new RoleState
        {
            Roles = Defaults,
            Principals = [User("flag", admin: true), User("role")],
            Assignments = [Held("flag", "user"), Held("role", "user"), Held("role", "admin")],
        };
        var plan = Plan(new(), state);
        Assert.Equal(["admin flag"], Granted(plan));
        Assert.Equal([new AdminFlag(ScopeOwner.User("role"), true)], plan.AdminFlags);
    }

    [Fact]
    public void An_explicit_list_of_administrators_wins()
    {
        var state = new RoleState
        {
            Roles = Defaults,
            Principals = [User("old", admin: true), User("new"), User("root", admin: true)],
            Assignments = [Held("old", "user"), Held("new", "user"), Held("root", "user"), Held("old", "admin"), Held("root", "admin")],
        };
        var plan = Plan(new() { Roles = [new("admin") { Users = ["new"] }], AdminUsers = ["root"] }, state);
        Assert.Equal(["admin new"], Granted(plan));
        Assert.Equal(["admin old"], Stripped(plan));
        Assert.Equal([new AdminFlag(ScopeOwner.User("new"), true), new AdminFlag(ScopeOwner.User("old"), false)], plan.AdminFlags);
    }

    [Fact]
    public void An_admin_role_that_leaves_users_out_keeps_those_with_the_flag()
    {
        var state = new RoleState
        {
            Roles = Defaults,
            Principals = [User("root", admin: true)],
            Assignments = [Held("root", "user"), Held("root", "admin")],
        };
        Assert.True(Plan(new() { Roles = [new("admin")] }, state).IsEmpty);
    }

    [Fact]
    public void Allowed_users_hold_the_role_user()
    {
        var state = new RoleState { Roles = Defaults, Principals = [User("ada")] };
        var plan = Plan(new() { AllowedUsers = ["ada", "new"] }, state);
        Assert.Equal(["user ada", "user new"], Granted(plan));
        Assert.Equal(["new"], plan.CreatedUsers);
    }

    [Fact]
    public void An_authenticator_that_manages_roles_does_so_alone()
    {
        var exception = Assert.Throws<RoleException>(() => Plan(new() { ManagedRoles = [], Roles = [new("mine") { Users = ["ada"] }] }, new()));
        Assert.Contains("the authenticator manages roles", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Managed_members_are_marked_and_those_left_out_stay()
    {
        var state = State([("ada", false), ("ben", false)], new StoredRole("sso", null, ["read:hub"], true), Held("ada", "sso"), Managed("ben", "sso"));
        Assert.Equal(["sso ada"], Names(Plan(new() { ManagedRoles = [new("sso") { Scopes = ["read:hub"], Users = ["ada", "ben"] }] }, state).MarkedManaged));
        Assert.True(Plan(new() { ManagedRoles = [new("sso") { Scopes = ["read:hub"] }], ResetManagedRoles = true }, state).IsEmpty);
    }

    [Fact]
    public void A_reset_drops_managed_assignments_that_nobody_declares_again()
    {
        var state = State([("ada", false)], new StoredRole("mine", null, ["read:hub"], false), Managed("ada", "admin"), Held("ada", "mine"));
        var plan = Plan(new() { ManagedRoles = [], ResetManagedRoles = true, Roles = [new("mine") { Scopes = ["read:hub"] }] }, state);
        Assert.Contains("admin ada", Stripped(plan));
    }

    [Fact]
    public void Dubious_declarations_of_the_user_role_are_pointed_out()
    {
        var plan = Plan(new() { Roles = [new("user") { Scopes = [] }], ExtraUserScopes = ["read:hub"] }, new());
        Assert.Contains(plan.Warnings, warning => warning.Contains("ignored", StringComparison.Ordinal));
        Assert.Contains(plan.Warnings, warning => warning.Contains("'self'", StringComparison.Ordinal));
        Assert.Contains("The role 'user' has no scopes.", plan.Warnings);
    }

    private static RolePlan Plan(RoleDeclarations declared, RoleState state) => RolePlan.Create(declared, state, ScopeEngine.BuiltIn);

    private static RoleState State(params (string Name, bool Admin)[] users) => State(users, null);

    private static RoleState State((string Name, bool Admin)[] users, StoredRole? extra, params RoleAssignment[] assignments) => new()
    {
        Roles = extra is null ? Defaults : [.. Defaults, extra],
        Principals = users.Select(user => User(user.Name, user.Admin)).ToArray(),
        Groups = ["physics"],
        Assignments = [.. users.Select(user => Held(user.Name, "user")), .. assignments],
    };

    private static AdminFlag User(string name, bool admin = false) => new(ScopeOwner.User(name), admin);

    private static RoleAssignment Held(string user, string role) => new(ScopeOwner.User(user), role);

    private static RoleAssignment Managed(string user, string role) => new(ScopeOwner.User(user), role, IsManaged: true);

    private static RoleAssignment Group(string group, string role) => new(ScopeOwner.Group(group), role);

    private static string[] Granted(RolePlan plan) => Names(plan.Granted);

    private static string[] Stripped(RolePlan plan) => Names(plan.Stripped);

    private static string[] Names(IEnumerable<RoleAssignment> assignments) => assignments.Select(assignment => $"{assignment.Role} {assignment.Holder.Name}").ToArray();
}
