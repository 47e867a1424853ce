using JupyterHub.Core.Caching;
using JupyterHub.Core.Data;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.ActivityTracking;

/// <summary>Takes what servers report of their use. Times only ever move forward.</summary>
internal sealed class ActivityReports(IHubDatabase database, PendingActivity pending)
{
    private const int Remembered = 8192;

    private readonly KeptReads<string, HubUser> users = new(database, Remembered);

    public async Task<ActivityReportOutcome> ApplyAsync(string userName, DateTime? own, IReadOnlyDictionary<string, DateTime> servers, CancellationToken cancellationToken)
    {
        var user = await users.GetWithoutActivityAsync(
            userName, (db, token) => db.Users.Include(row => row.Spawners).SingleOrDefaultAsync(row => row.Name == userName, token), cancellationToken);
        if (user is null)
        {
            return new ActivityReportOutcome(false, null);
        }

        if (servers.Keys.FirstOrDefault(name => user.Spawners.All(row => row.Name != name)) is { } unknown)
        {
            return new ActivityReportOutcome(true, unknown);
        }

        if (own is { } at && !(pending.LastOf(user) >= at))
        {
            pending.Note(user, at);
        }

        foreach (var row in user.Spawners)
        {
            if (servers.TryGetValue(row.Name, out var reported) && !(pending.OfSpawner(row.Id, row.LastActivity) >= reported))
            {
                pending.Note(user, row, reported);
            }
        }

        return new ActivityReportOutcome(true, null);
    }
}
