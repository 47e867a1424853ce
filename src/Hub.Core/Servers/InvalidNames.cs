using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Servers;

/// <summary>Looks at start-up for named servers from before JupyterHub 6 whose names are not allowed any more (contract 10 and 16).</summary>
internal sealed class InvalidNames(IHubDatabase database, JupyterHubOptions options, ILogger<InvalidNames> logger)
{
    /// <summary>Renames those that do not run, if the configuration wants it; otherwise only says how many there are.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var (renamed, left) = options.AllowExistingInvalidNamedServers == InvalidServerNames.AutoRename
            ? await database.WriteAsync(RenameAsync, cancellationToken)
            : ([], (await database.ReadAsync(FindAsync, cancellationToken)).Count);
        foreach (var (spawnerId, name) in renamed)
        {
            Log.RenamedAtStart(logger, spawnerId, name);
        }

        if (left > 0)
        {
            Log.InvalidNames(logger, left);
        }
    }

    private static async Task<List<HubSpawner>> FindAsync(HubDbContext context, CancellationToken cancellationToken)
    {
        // The rule is no query; names, unlike states and options, are small enough to be read all.
        var names = await context.Spawners.Where(row => row.Name != "").Select(row => new { row.Id, row.Name }).ToListAsync(cancellationToken);
        var ids = names.Where(row => !ServerNames.IsValid(row.Name)).Select(row => row.Id).ToList();
        var found = new List<HubSpawner>();
        foreach (var batch in ids.Chunk(200))
        {
            found.AddRange(await context.Spawners.Where(row => batch.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellationToken));
        }

        return found;
    }

    private static async Task<(List<(int SpawnerId, string Name)> Renamed, int Left)> RenameAsync(HubDbContext context, CancellationToken cancellationToken)
    {
        var renamed = new List<(int, string)>();
        var found = await FindAsync(context, cancellationToken);
        foreach (var row in found.Where(MayBeRenamed))
        {
            // Two names that read alike are told apart by a hash.
            string[] wanted = [SafeSlug.Plain(row.Name), SafeSlug.Unique(row.Name)];
            var taken = await context.Spawners.Where(other => other.UserId == row.UserId && wanted.Contains(other.Name)).Select(other => other.Name).ToListAsync(cancellationToken);
            if (wanted.Except(taken).FirstOrDefault() is { } free)
            {
                row.DisplayName = string.IsNullOrEmpty(row.DisplayName) ? row.Name : row.DisplayName;
                row.Name = free;
                renamed.Add((row.Id, free));
                await context.SaveChangesAsync(cancellationToken);
            }
        }

        return (renamed, found.Count - renamed.Count);
    }

    /// <summary>What runs, or may, is found by its name.</summary>
    private static bool MayBeRenamed(HubSpawner row) => row is { Started: null, ServerId: null } && row.State is null or { Count: 0 };
}
