using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.ActivityTracking;

/// <summary>Takes what servers report of their use. Times only ever move forward.</summary>
internal sealed class ActivityReports(IHubDatabase database)
{
    public Task<ActivityReportOutcome> ApplyAsync(string userName, DateTime? own, IReadOnlyDictionary<string, DateTime> servers, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var user = await db.Users.Include(row => row.Spawners).SingleOrDefaultAsync(row => row.Name == userName, token);
                if (user is null)
                {
                    return new ActivityReportOutcome(false, null);
                }

                if (servers.Keys.FirstOrDefault(name => user.Spawners.All(row => row.Name != name)) is { } unknown)
                {
                    return new ActivityReportOutcome(true, unknown);
                }

                user.LastActivity = Later(user.LastActivity, own);
                foreach (var row in user.Spawners)
                {
                    if (servers.TryGetValue(row.Name, out var reported))
                    {
                        row.LastActivity = Later(row.LastActivity, reported);
                    }
                }

                return new ActivityReportOutcome(true, null);
            },
            cancellationToken);

    private static DateTime? Later(DateTime? known, DateTime? reported) => known is null || reported > known ? reported ?? known : known;
}
