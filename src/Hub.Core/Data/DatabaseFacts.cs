using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Data;

/// <summary>What the hub's database is, and how much is in it.</summary>
/// <param name="Kind">The database's make, such as <c>Sqlite</c>.</param>
/// <param name="Revision">The revision of the schema; null where none is noted.</param>
/// <param name="Bytes">Size of the file with what is not yet merged into it; null where it is no file.</param>
/// <param name="Hubs">The hub processes that use it, longest running first.</param>
internal sealed record DatabaseFacts(string Kind, string? Revision, long? Bytes, IReadOnlyList<Hosting.HubInstance> Hubs)
{
    public int Users { get; private init; }

    public int Groups { get; private init; }

    public int Roles { get; private init; }

    public int Services { get; private init; }

    public int Tokens { get; private init; }

    public static Task<DatabaseFacts> ReadAsync(IHubDatabase database, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) =>
        {
            var revisions = await db.Database.SqlQueryRaw<string>("SELECT version_num AS \"Value\" FROM alembic_version").ToListAsync(token);
            return new DatabaseFacts(
                db.Database.ProviderName?.Split('.')[^1] ?? "?",
                revisions.FirstOrDefault(),
                SizeOf(db.Database.GetDbConnection().DataSource),
                await db.Instances.OrderBy(row => row.StartedAt).ToListAsync(token))
            {
                Users = await db.Users.CountAsync(token),
                Groups = await db.Groups.CountAsync(token),
                Roles = await db.Roles.CountAsync(token),
                Services = await db.Services.CountAsync(token),
                Tokens = await db.Tokens.CountAsync(token),
            };
        },
        cancellationToken);

    private static long? SizeOf(string file)
    {
        long? size = null;
        foreach (var part in new[] { file, file + "-wal" })
        {
            var info = new FileInfo(part);
            size = info.Exists ? (size ?? 0) + info.Length : size;
        }

        return size;
    }
}
