using JupyterHub.Core.Data;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using JupyterHub.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Testing;

/// <summary>A hub's database in a folder of the test's own, with short ways to put rows into it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly TestFolder folder;
    private readonly List<SqliteHubDatabase> opened = [];

    private TestDatabase(TestFolder folder, TimeProvider time)
    {
        this.folder = folder;
        Time = time;
        Path = folder.Combine("hub.sqlite");
        Hub = Add(NewHub());
    }

    public TimeProvider Time { get; }

    public string Path { get; }

    public IHubDatabase Hub { get; }

    /// <summary>A fresh database, open.</summary>
    public static async Task<TestDatabase> CreateAsync(TimeProvider? time = null)
    {
        var database = new TestDatabase(new TestFolder(), time ?? TimeProvider.System);
        await database.Hub.OpenAsync(CancellationToken.None);
        return database;
    }

    /// <summary>A copy of a recorded database, such as <c>6.0.0b2</c>; not opened yet.</summary>
    public static TestDatabase CopyOf(string recorded, TimeProvider? time = null)
    {
        var database = new TestDatabase(new TestFolder(), time ?? TimeProvider.System);
        File.Copy(Repository.Data("databases", recorded + ".sqlite"), database.Path);
        return database;
    }

    /// <summary>Another hub on the same file, open, as a second process would be.</summary>
    public async Task<IHubDatabase> OpenAnotherAsync()
    {
        var hub = Add(NewHub());
        await hub.OpenAsync(CancellationToken.None);
        return hub;
    }

    /// <summary>Another hub on the same file, not opened; dispose it before this.</summary>
    public SqliteHubDatabase NewHub() => new(SqliteDatabaseSettings.Parse($"Data Source={Path}", folder.Path), Time, NullLogger<SqliteHubDatabase>.Instance);

    /// <summary>A connection as another program has it, with foreign keys on as the original sets them.</summary>
    public SqliteConnection Connect(bool foreignKeys = true)
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False;Foreign Keys={foreignKeys}");
        connection.Open();
        return connection;
    }

    public Task<HubUser> AddUserAsync(string name, bool admin = false) =>
        AddAsync(new HubUser { Name = name, Admin = admin, CookieId = Guid.NewGuid().ToString("N"), Created = Time.GetHubTime() });

    public async Task<HubGroup> AddGroupAsync(string name, params HubUser[] members)
    {
        var group = await AddAsync(new HubGroup { Name = name });
        foreach (var member in members)
        {
            await AddAsync(new UserGroup { GroupId = group.Id, UserId = member.Id });
        }

        return group;
    }

    public Task<HubRole> AddRoleAsync(string name, params string[] scopes) => AddAsync(new HubRole { Name = name, Scopes = [.. scopes] });

    public Task GrantAsync(HubRole role, HubUser user) => AddAsync(new UserRole { RoleId = role.Id, UserId = user.Id });

    public Task GrantAsync(HubRole role, HubGroup group) => AddAsync(new GroupRole { RoleId = role.Id, GroupId = group.Id });

    public Task GrantAsync(HubRole role, HubService service) => AddAsync(new ServiceRole { RoleId = role.Id, ServiceId = service.Id });

    public Task<HubService> AddServiceAsync(string name, bool admin = false) => AddAsync(new HubService { Name = name, Admin = admin, FromConfig = true });

    public Task<HubSpawner> AddSpawnerAsync(HubUser user, string name = "") => AddAsync(new HubSpawner { UserId = user.Id, Name = name });

    /// <summary>A token of the user that the hub issued; its clear text is returned.</summary>
    public Task<string> AddTokenAsync(HubUser user, params string[] scopes) => AddTokenAsync(new NewToken { UserId = user.Id, Scopes = scopes.Length == 0 ? ["inherit"] : scopes });

    /// <summary>A token of the service that the hub issued; its clear text is returned.</summary>
    public Task<string> AddTokenAsync(HubService service, params string[] scopes) => AddTokenAsync(new NewToken { ServiceId = service.Id, Scopes = scopes.Length == 0 ? ["inherit"] : scopes });

    public Task<string> AddTokenAsync(NewToken token) =>
        Hub.WriteAsync(async (context, cancel) => (await HubTokens.AddAsync(context, token, Time, cancel)).Value, CancellationToken.None);

    /// <summary>Adds one row; its id is set when this returns.</summary>
    public async Task<T> AddAsync<T>(T row)
        where T : class
    {
        await Hub.WriteAsync((context, _) => Task.FromResult(context.Add(row)), CancellationToken.None);
        return row;
    }

    /// <summary>All rows of one kind.</summary>
    public Task<List<T>> ListAsync<T>()
        where T : class => Hub.ReadAsync((context, cancel) => context.Set<T>().ToListAsync(cancel), CancellationToken.None);

    /// <summary>Stops all hubs; the file stays until this is disposed.</summary>
    public async Task CloseAsync()
    {
        foreach (var hub in opened)
        {
            await hub.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        folder.Dispose();
    }

    private SqliteHubDatabase Add(SqliteHubDatabase hub)
    {
        opened.Add(hub);
        return hub;
    }
}
