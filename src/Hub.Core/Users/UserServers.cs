using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Users;

/// <summary>Tells, inside a write that renames or removes a user, whether any server of that user runs or is under way.</summary>
/// <remarks>
/// A start is in the supervisor's memory before its first write, and its first write finds its user by name. So what begins after the
/// look finds no user of that name any more, and what began before is seen.
/// </remarks>
internal sealed class UserServers(ServerSupervisor supervisor, TimeProvider time)
{
    public async Task<bool> AnyActiveAsync(HubDbContext db, HubUser user, CancellationToken cancellationToken)
    {
        var now = time.GetHubTime();
        return supervisor.ActiveOf(user.Name).Count > 0
            || await db.Spawners.AnyAsync(
                row => row.UserId == user.Id && (row.ServerId != null || db.ServerLeases.Any(lease => lease.SpawnerId == row.Id && lease.ExpiresAt > now)),
                cancellationToken);
    }
}
