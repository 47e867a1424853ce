using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tokens;

/// <summary>Notes that somebody else's token was presented to the hub for a decision: at once and always (contract 1.7).</summary>
internal sealed class TokenUse(IHubDatabase database, TimeProvider time)
{
    public Task RecordAsync(HubToken used, CancellationToken cancellationToken)
    {
        var now = time.GetHubTime();
        return database.WriteAsync(
            async (db, token) =>
            {
                await db.Tokens.Where(row => row.Id == used.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastActivity, now), token);
                await db.Users.Where(row => row.Id == used.UserId).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastActivity, now), token);
            },
            cancellationToken);
    }
}
