using JupyterHub.Core.Data;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Roles;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Authentication;

/// <summary>The roles that follow from being a user and from the admin flag (contract 5).</summary>
internal static class DefaultRoleAssignment
{
    /// <summary>Gives <c>user</c>; gives or takes <c>admin</c> as the flag says. The user's row must have its id.</summary>
    public static async Task AssignAsync(HubDbContext context, HubUser user, CancellationToken cancellationToken)
    {
        var roles = await context.Roles.AsNoTracking()
            .Where(role => role.Name == BuiltInRoles.UserName || role.Name == BuiltInRoles.AdminName)
            .Select(role => new { role.Id, role.Name })
            .ToListAsync(cancellationToken);
        var held = await context.UserRoles.AsNoTracking()
            .Where(row => row.UserId == user.Id)
            .Select(row => row.RoleId)
            .ToListAsync(cancellationToken);

        foreach (var role in roles)
        {
            var wanted = role.Name == BuiltInRoles.UserName || user.Admin;
            if (wanted && !held.Contains(role.Id))
            {
                context.UserRoles.Add(new UserRole { UserId = user.Id, RoleId = role.Id });
            }
            else if (!wanted && held.Contains(role.Id))
            {
                await context.UserRoles.Where(row => row.UserId == user.Id && row.RoleId == role.Id).ExecuteDeleteAsync(cancellationToken);
            }
        }
    }
}
