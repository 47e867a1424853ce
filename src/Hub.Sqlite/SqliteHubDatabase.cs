using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace JupyterHub.Sqlite;

/// <summary>JupyterHub's database in an SQLite file.</summary>
internal sealed class SqliteHubDatabase : IHubDatabase, IAsyncDisposable
{
    private readonly SqliteDatabaseSettings settings;
    private readonly SqliteDatabaseFile file;
    private readonly TimeProvider time;
    private readonly ILogger<SqliteHubDatabase> logger;
    private readonly ChangeSignal signal = new();
    private readonly WriteQueue queue;
    private readonly PooledDbContextFactory<HubDbContext> readers;
    private readonly PooledDbContextFactory<HubDbContext> writers;
    private readonly Lock gate = new();
    private Task? opened;
    private volatile ChangePoller? poller;
    private volatile bool disposed;

    public SqliteHubDatabase(SqliteDatabaseSettings settings, TimeProvider time, ILogger<SqliteHubDatabase> logger)
    {
        this.settings = settings;
        this.time = time;
        this.logger = logger;
        file = new SqliteDatabaseFile(settings, logger);
        queue = new WriteQueue(WriteNowAsync);
        readers = new PooledDbContextFactory<HubDbContext>(BuildOptions(readOnly: true));
        writers = new PooledDbContextFactory<HubDbContext>(BuildOptions(readOnly: false), poolSize: 4);
    }

    public string Path => settings.Path;

    public long ChangeVersion => signal.Version;

    public long CommitVersion => signal.Commits;

    public Task OpenAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            opened ??= Task.Run(Open, CancellationToken.None);
            return opened.WaitAsync(cancellationToken);
        }
    }

    public async Task<T> ReadAsync<T>(Func<HubDbContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        ThrowUnlessOpen();
        using var span = HubTrace.Call("database.read");
        await using var context = await readers.CreateDbContextAsync(cancellationToken);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;

        // One transaction, so that several queries see one state; it waits for no writer and no writer for it.
        await using var transaction = await BeginAsync(context, deferred: true, cancellationToken);
        return await read(context, cancellationToken);
    }

    public Task<T> WriteAsync<T>(Func<HubDbContext, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        ThrowUnlessOpen();
        return HubTrace.CallAsync("database.write", () => queue.RunAsync(write, cancellationToken));
    }

    public Task WaitForChangeAsync(long known, CancellationToken cancellationToken) => signal.WaitAsync(known, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Task? opening;
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            opening = opened;
        }

        await queue.DisposeAsync();
        if (opening is null)
        {
            return;
        }

        await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (poller is not null)
        {
            await poller.DisposeAsync();
            await using var connection = new SqliteConnection(settings.ForPool());
            SqliteConnection.ClearPool(connection);
            file.LeaveWriteAheadLog();
        }
    }

    private void Open()
    {
        file.Prepare();
        using (var connection = new SqliteConnection(settings.ForOne()))
        {
            connection.Open();
            signal.Advance(connection.ReadChangeVersion());
        }

        poller = new ChangePoller(settings, signal, time, logger);
    }

    private async Task WriteNowAsync(IQueuedWrite first, Func<IQueuedWrite?> next)
    {
        try
        {
            // Given back in here, too: a connection that cannot be closed must not stop the queue either.
            await using var context = await writers.CreateDbContextAsync(CancellationToken.None);
            await using var transaction = await BeginAsync(context, deferred: false, CancellationToken.None);
            var batch = new WriteBatch(context, transaction);
            if (await batch.RunAsync(first, next) is { } version)
            {
                signal.CountCommit();
                signal.Advance(version);
                batch.Succeed();
            }
        }
#pragma warning disable CA1031 // The failure belongs to whoever asked for the write, and must not stop the queue.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            first.Fail(exception is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED }
                ? new DatabaseBusyException($"Another program kept the database locked for more than {settings.BusySeconds} seconds; nothing was written.", exception)
                : exception);
        }
    }

    private static async Task<SqliteTransaction> BeginAsync(HubDbContext context, bool deferred, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        var transaction = ((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(deferred);
        await context.Database.UseTransactionAsync(transaction, cancellationToken);
        return transaction;
    }

    private DbContextOptions<HubDbContext> BuildOptions(bool readOnly) => new DbContextOptionsBuilder<HubDbContext>()
        .UseSqlite(settings.ForPool())
        .ReplaceService<IModelCustomizer, SqliteModelCustomizer>()
        .AddInterceptors(new SqliteSession(readOnly))
        .Options;

    private void ThrowUnlessOpen()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (poller is null)
        {
            throw new InvalidOperationException($"The database must be opened ({nameof(OpenAsync)}) before it is used.");
        }
    }
}
