using JupyterHub.Core.Data;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Roles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Hosting;

/// <summary>Once an hour removes what has expired: tokens, OAuth and share codes, shares, roles and their assignments, and revocations of sign-ins that would not count any more.</summary>
internal sealed class ExpiryPurge(IHubDatabase database, AuthorizationCodes codes, TimeProvider time, ILogger<ExpiryPurge> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await PurgeAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task PurgeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow().UtcDateTime;
            await codes.PurgeAsync(cancellationToken);
            await database.WriteAsync(
                async (db, token) =>
                {
                    await db.Tokens.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(token);
                    await db.ShareCodes.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(token);
                    await db.Shares.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(token);
                    await db.RevokedLogins.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(token);
                    await RoleExpiry.PurgeAsync(db, now, token);
                },
                cancellationToken);
        }
#pragma warning disable CA1031 // The next hour tries again.
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            HostingLog.PurgeFailed(logger, problem);
        }
    }
}
