using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Users;
using JupyterHub.Sqlite;
using JupyterHub.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Core.Tests.Authentication;

/// <summary>The operations of a hub over a real SQLite file, with a clock that a test moves.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private readonly ServiceProvider services;
    private readonly SqliteHubDatabase database;

    private TestHub(AuthenticatorOptions authenticator, Action<JupyterHubOptions>? configure, Action<IServiceCollection>? register)
    {
        var options = new JupyterHubOptions();
        configure?.Invoke(options);

        // The database polls by the system's clock: tests move theirs by weeks.
        database = new SqliteHubDatabase(
            SqliteDatabaseSettings.Parse(SqliteDatabaseSettings.DefaultConnectionString, folder.Path), TimeProvider.System, NullLogger<SqliteHubDatabase>.Instance);
        var collection = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Logs).SetMinimumLevel(LogLevel.Trace))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IHubDatabase>(database)
            .AddSingleton(options)
            .AddSingleton(authenticator)
            .AddSingleton(authenticator.GetType(), authenticator)
            .AddSingleton(new CookieSecret(SignedValueVectors.Secret))
            .AddSingleton<IAuthorities, TestAuthorities>();
        register?.Invoke(collection);
        services = collection.AddHubAuthentication().BuildServiceProvider();
    }

    public FakeTime Time { get; } = new();

    public RecordedLogs Logs { get; } = new();

    public IHubDatabase Database => database;

    public static async Task<TestHub> OpenAsync(
        AuthenticatorOptions? authenticator = null, Action<JupyterHubOptions>? configure = null, Action<IServiceCollection>? register = null)
    {
        var hub = new TestHub(authenticator ?? new AuthenticatorOptions { AllowAll = true }, configure, register);
        await hub.database.OpenAsync(default);
        await hub.Database.WriteAsync(
            (context, _) =>
            {
                context.Roles.AddRange(
                    new HubRole { Name = "user", Scopes = ["self"] },
                    new HubRole { Name = "admin", Scopes = ["admin:users", "admin:servers", "tokens", "access:services", "access:servers"] });
                return Task.CompletedTask;
            },
            default);
        return hub;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public async Task<HubUser> AddUserAsync(string name, bool admin = false) =>
        (await Get<SignedInUsers>().EnterAsync(name, admin, userInfo: null, authState: null, mustExist: false, default))!;

    public Task<HubUser?> FindUserAsync(string name) =>
        Database.ReadAsync((context, token) => context.Users.FirstOrDefaultAsync(user => user.Name == name, token), default);

    public Task<List<string>> RolesOfAsync(string name) => Database.ReadAsync(
        (context, token) => context.UserRoles
            .Where(row => context.Users.Any(user => user.Id == row.UserId && user.Name == name))
            .Select(row => row.Role!.Name).Order().ToListAsync(token),
        default);

    /// <summary>Signs in as the web layer does after a successful form.</summary>
    public async Task<(Login Login, string Cookie)> SignInAsync(HubUser user)
    {
        var cookie = Get<LoginCookie>().Issue(user.CookieId);
        return ((await Get<LoginCookie>().AuthenticateAsync(cookie, default))!, cookie);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }
}
