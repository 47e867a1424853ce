using JupyterHub.Core.Data;
using JupyterHub.Core.Services;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles;

/// <summary>Roles, holders and assignments as start-up finds them. What the API or an authenticator made is told apart from what the configuration did.</summary>
internal sealed class StoredRoles
{
    private readonly Dictionary<(ResourceKind Kind, string Name), int> ids = [];
    private readonly Dictionary<ScopeOwner, bool> flags = [];

    private StoredRoles(IReadOnlyList<HubRole> roles) => Roles = roles;

    /// <summary>All roles, tracked, with their origins.</summary>
    public IReadOnlyList<HubRole> Roles { get; }

    /// <summary>All assignments.</summary>
    public required IReadOnlyList<StoredAssignment> Assignments { get; init; }

    /// <summary>Users and services with their admin flag.</summary>
    public IReadOnlyDictionary<ScopeOwner, bool> Flags => flags;

    public IEnumerable<string> Groups => ids.Keys.Where(key => key.Kind == ResourceKind.Group).Select(key => key.Name);

    public bool Exists(ScopeOwner who) => ids.ContainsKey((who.Kind, who.Name));

    public int IdOf(ScopeOwner who) => ids[(who.Kind, who.Name)];

    /// <summary>Notes the id of a row that was made since.</summary>
    public void Add(ScopeOwner who, int id) => ids.Add((who.Kind, who.Name), id);

    public static bool IsDeclared(HubRole role) => IsDeclared(role.Origin?.Origin);

    public static async Task<StoredRoles> ReadAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var roles = await db.Roles.Include(role => role.Origin).OrderBy(role => role.Id).ToListAsync(cancellationToken);
        var users = await db.Users.AsNoTracking().OrderBy(user => user.Id).Select(user => new { user.Id, user.Name, user.Admin }).ToListAsync(cancellationToken);
        var groups = await db.Groups.AsNoTracking().OrderBy(group => group.Id).Select(group => new { group.Id, group.Name }).ToListAsync(cancellationToken);
        var services = await db.Services.AsNoTracking().OrderBy(service => service.Id).Select(service => new { service.Id, service.Name, service.Admin }).ToListAsync(cancellationToken);
        var roleNames = roles.ToDictionary(role => role.Id, role => role.Name);
        var assignments = new List<StoredAssignment>();
        await AddAsync(
            db.UserRoles.Select(row => new AssignmentRow(row.UserId, row.RoleId, row.ManagedByAuth, row.Origin!.Origin)),
            users.ToDictionary(user => user.Id, user => ScopeOwner.User(user.Name)));
        await AddAsync(
            db.GroupRoles.Select(row => new AssignmentRow(row.GroupId, row.RoleId, row.ManagedByAuth, row.Origin!.Origin)),
            groups.ToDictionary(group => group.Id, group => ScopeOwner.Group(group.Name)));
        await AddAsync(
            db.ServiceRoles.Select(row => new AssignmentRow(row.ServiceId, row.RoleId, row.ManagedByAuth, row.Origin!.Origin)),
            services.ToDictionary(service => service.Id, service => ScopeOwner.Service(service.Name)));
        var stored = new StoredRoles(roles) { Assignments = assignments };
        users.ForEach(user => stored.AddStored(ScopeOwner.User(user.Name), user.Id, user.Admin));
        services.ForEach(service => stored.AddStored(ScopeOwner.Service(service.Name), service.Id, service.Admin));
        groups.ForEach(group => stored.Add(ScopeOwner.Group(group.Name), group.Id));
        return stored;

        async Task AddAsync(IQueryable<AssignmentRow> rows, Dictionary<int, ScopeOwner> holders) => assignments.AddRange(
            (await rows.AsNoTracking().ToListAsync(cancellationToken))
                .Select(row => new StoredAssignment(holders[row.HolderId], roleNames[row.RoleId], row.IsManaged, IsDeclared(row.Origin))));
    }

    private static bool IsDeclared(string? origin) => origin is null or RoleOrigins.Configuration;

    private void AddStored(ScopeOwner who, int id, bool isAdmin)
    {
        Add(who, id);
        flags.Add(who, isAdmin);
    }

    private sealed record AssignmentRow(int HolderId, int RoleId, bool IsManaged, string? Origin);
}
