using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Hosting;
using JupyterHub.Sqlite;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps a hub's state in SQLite.</summary>
public static class SqliteHubBuilderExtensions
{
    /// <summary>
    /// Uses an SQLite file in JupyterHub 6's schema; it is created when it does not exist. <c>JupyterHub:Database:ConnectionString</c>
    /// goes before <paramref name="connectionString"/>, whose default is <c>Data Source=hub.sqlite</c>; a relative path is below the data directory.
    /// </summary>
    public static IHubBuilder UseSqlite(this IHubBuilder builder, string? connectionString = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        HubDatabaseProvider.Register(builder.Services, new HubDatabaseProvider("Sqlite", services => Create(services, connectionString)));
        return builder;
    }

    private static SqliteHubDatabase Create(IServiceProvider services, string? connectionString)
    {
        var configured = services.GetRequiredService<JupyterHubOptions>().Database.ConnectionString;
        var settings = SqliteDatabaseSettings.Parse(
            configured ?? connectionString ?? SqliteDatabaseSettings.DefaultConnectionString,
            services.GetRequiredService<HubDataFolder>().Path);
        return new SqliteHubDatabase(settings, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<SqliteHubDatabase>>());
    }
}
