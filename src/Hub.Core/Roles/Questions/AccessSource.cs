using JupyterHub.Core.Data;
using JupyterHub.Core.Services;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles.Questions;

/// <summary>By what something is allowed.</summary>
/// <param name="Roles">Roles of which every holder may.</param>
/// <param name="SharedUsers">Users with whom it is shared.</param>
/// <param name="SharedGroups">Groups with whom it is shared.</param>
/// <param name="Own">Who may because it is one's own; null for nobody.</param>
internal sealed record AccessSource(IReadOnlyList<int> Roles, IReadOnlyList<int> SharedUsers, IReadOnlyList<int> SharedGroups, ScopeOwner? Own)
{
    public IQueryable<HubUser> Users(HubDbContext db, DateTime now)
    {
        var own = Own is { Kind: ResourceKind.User, Name: var name } ? name : null;
        var holders = db.UserRoles.Live(now).Where(row => EF.Parameter(Roles).Contains(row.RoleId)).Select(row => row.UserId);
        var groups = db.GroupRoles.Live(now).Where(row => EF.Parameter(Roles).Contains(row.RoleId)).Select(row => row.GroupId);
        var members = db.UserGroups.Where(row => groups.Contains(row.GroupId) || EF.Parameter(SharedGroups).Contains(row.GroupId)).Select(row => row.UserId);
        return db.Users.Where(user => holders.Contains(user.Id) || members.Contains(user.Id) || EF.Parameter(SharedUsers).Contains(user.Id) || user.Name == own);
    }

    public IQueryable<HubService> Services(HubDbContext db, DateTime now)
    {
        var own = Own is { Kind: ResourceKind.Service, Name: var name } ? name : null;
        var holders = db.ServiceRoles.Live(now).Where(row => EF.Parameter(Roles).Contains(row.RoleId)).Select(row => row.ServiceId);
        return db.Services.Where(service => holders.Contains(service.Id) || service.Name == own);
    }
}
