using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tests.Authentication;
using JupyterHub.Core.Tests.Configuration;
using JupyterHub.Core.Users;
using JupyterHub.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Tests.Hosting;

/// <summary>A database that hubs start on, one after the other, each with a configuration of its own.</summary>
internal sealed class StartingHub : IAsyncDisposable
{
    private StartingHub(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public RecordedLogs Logs { get; } = new();

    public static async Task<StartingHub> CreateAsync() => new(await TestDatabase.CreateAsync());

    /// <summary>On a copy of a recorded database.</summary>
    public static async Task<StartingHub> OnCopyOfAsync(string recorded)
    {
        var database = TestDatabase.CopyOf(recorded);
        await database.Hub.OpenAsync(CancellationToken.None);
        return new StartingHub(database);
    }

    /// <summary>Starts with this content of the hub's section.</summary>
    public async Task StartAsync(string section = "", Action<JupyterHubOptions>? code = null)
    {
        using var host = new HostSetup { Configure = code };
        host.AddSection(section);
        await StartAsync(host.Read());
    }

    /// <summary>Starts with a recorded hub's own file.</summary>
    public async Task StartWithFileAsync(string file)
    {
        using var host = new HostSetup();
        host.Authenticators.Add("dummy", typeof(DummyAuthenticator), typeof(DummyAuthenticatorOptions), null);
        host.Spawners.Add("simple", typeof(PlainSpawner), typeof(RecordedSpawnerOptions), null);
        host.AddFile(await File.ReadAllTextAsync(Repository.Data(file)));
        await StartAsync(host.Read());
    }

    /// <summary>The one line that a start fails with; the database is as it was.</summary>
    public async Task<string> FailAsync(string section)
    {
        var before = await DumpAsync();
        var failure = await Assert.ThrowsAsync<HubStartupException>(() => StartAsync(section));
        Assert.Equal(before, await DumpAsync());
        return failure.Message;
    }

    /// <summary>Starts again and sees that nothing is written.</summary>
    public async Task StartInVainAsync(Func<Task> start)
    {
        var (version, before) = (Database.Hub.ChangeVersion, await DumpAsync());
        await start();
        Assert.Equal(before, await DumpAsync());
        Assert.Equal(version, Database.Hub.ChangeVersion);
    }

    public Task<List<string>> UsersAsync() => ReadAsync(db => db.Users.OrderBy(user => user.Id).Select(user => user.Name));

    public Task<List<string>> RolesAsync() => ReadAsync(db => db.Roles.OrderBy(role => role.Name).Select(role => role.Name));

    public async Task<string[]> HoldersAsync(string role)
    {
        var users = await ReadAsync(db => db.UserRoles.Where(row => row.Role!.Name == role).Join(db.Users, row => row.UserId, user => user.Id, (_, user) => "user " + user.Name));
        var groups = await ReadAsync(db => db.GroupRoles.Where(row => row.Role!.Name == role).Join(db.Groups, row => row.GroupId, group => group.Id, (_, group) => "group " + group.Name));
        var services = await ReadAsync(db => db.ServiceRoles.Where(row => row.Role!.Name == role).Join(db.Services, row => row.ServiceId, service => service.Id, (_, service) => "service " + service.Name));
        return [.. users.Concat(groups).Concat(services).Order(StringComparer.Ordinal)];
    }

    public Task<HubRole> RoleAsync(string name) => SingleAsync(db => db.Roles.Include(role => role.Origin).Where(role => role.Name == name));

    public Task<HubUser> UserAsync(string name) => SingleAsync(db => db.Users.Where(user => user.Name == name));

    public Task<HubGroup> GroupAsync(string name) => SingleAsync(db => db.Groups.Where(group => group.Name == name));

    public Task<HubService> ServiceAsync(string name) => SingleAsync(db => db.Services.Include(service => service.Server).Where(service => service.Name == name));

    public Task<List<T>> ReadAsync<T>(Func<HubDbContext, IQueryable<T>> query) =>
        Database.Hub.ReadAsync((db, token) => query(db).ToListAsync(token), CancellationToken.None);

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private Task StartAsync(HubConfiguration configuration)
    {
        var authenticator = (AuthenticatorOptions)configuration.Authenticator!.Options;
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(Logs).SetMinimumLevel(LogLevel.Trace));
        return new HubInitializer(
            Database.Hub,
            configuration,
            authenticator,
            new UserNames(authenticator),
            DeclaredScopes.CreateEngine(configuration.Hub),
            new HubAddresses(configuration.Hub.BaseUrl!),
            Database.Time,
            loggers.CreateLogger<HubInitializer>()).InitializeAsync(CancellationToken.None);
    }

    private async Task<T> SingleAsync<T>(Func<HubDbContext, IQueryable<T>> query) => Assert.Single(await ReadAsync(query));

    private async Task<string> DumpAsync()
    {
        await Database.Hub.ReadAsync((db, token) => db.Users.CountAsync(token), CancellationToken.None);
        using var connection = Database.Connect();
        var lines = new List<string>();
        foreach (var table in new[] { "users", "groups", "roles", "services", "servers", "oauth_clients", "api_tokens", "user_role_map", "group_role_map", "service_role_map", "user_group_map", "hub_role_origins", "hub_user_role_origins" })
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names stand above.
            command.CommandText = $"SELECT * FROM {table} ORDER BY 1, 2";
#pragma warning restore CA2100
            using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                lines.Add(table + " " + string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(index => reader.GetValue(index))));
            }
        }

        return string.Join('\n', lines);
    }
}
