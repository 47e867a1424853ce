using System.Globalization;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Benchmarks.Rbac;

/// <summary>A hub of the size that the figures are asked for: users, 500 groups, 200 roles.</summary>
internal sealed class HubShape
{
    public const int Groups = 500;
    public const int Roles = 200;

    private const int MostMemberships = 100;
    private const int Seed = 20_26;

    private readonly string[][] roles;

    public HubShape(int users)
    {
        Users = Enumerable.Range(0, users).Select(UserName).ToArray();
        var random = new Random(Seed);
        var memberships = new List<KeyValuePair<string, string>>();
        for (var user = 0; user < users; user++)
        {
            // The first users are in 1, 10 and 100 groups, the others mostly in a few.
            var count = user switch { 0 => 1, 1 => 10, 2 => MostMemberships, _ => random.Next(1, 6) };
            var first = random.Next(Groups);
            for (var i = 0; i < count; i++)
            {
                memberships.Add(new(Users[user], GroupName((first + i * 5) % Groups)));
            }
        }

        Membership = new(1, memberships);
        roles = Enumerable.Range(0, Roles).Select(RoleScopes).ToArray();
    }

    public string[] Users { get; }

    public MembershipSnapshot Membership { get; }

    public IReadOnlyList<string> ScopesOfRole(int role) => roles[role];

    public static string UserName(int user) => "student-" + user.ToString("D7", CultureInfo.InvariantCulture);

    public static string GroupName(int group) => "course-" + group.ToString("D3", CultureInfo.InvariantCulture);

    /// <summary>What somebody has who holds the role user and a role that covers one group.</summary>
    public PermissionSet PermissionsOf(int user) => ScopeEngine.BuiltIn.Expand(["self", .. roles[user % Roles]], ScopeOwner.User(Users[user]));

    private static string[] RoleScopes(int role) =>
        [$"read:users!group={GroupName(role % Groups)}", $"servers!group={GroupName(role * 7 % Groups)}", "list:services"];
}
