using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace JupyterHub.Sqlite;

/// <summary>Settings that SQLite keeps per connection and forgets: set each time one is taken from the pool.</summary>
/// <remarks>
/// Foreign keys are switched on by the connection string. <c>synchronous = FULL</c>: a token that was deleted or a login
/// that was revoked must not come back after a power failure. SQLite's own waiting is finer than the driver's, which
/// repeats it until the command's timeout.
/// </remarks>
internal sealed class SqliteSession(bool readOnly) : DbConnectionInterceptor
{
    private readonly string settings = $"PRAGMA busy_timeout = 1000; PRAGMA synchronous = FULL; PRAGMA query_only = {(readOnly ? "ON" : "OFF")}";

    public void Apply(SqliteConnection connection) => connection.Execute(settings);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply((SqliteConnection)connection);
        return Task.CompletedTask;
    }
}
