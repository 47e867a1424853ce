using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Spawning;
using JupyterHub.Core.Spawning.Choosing;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Scopes;
using JupyterHub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Core.Tests.Servers;

/// <summary>All that a supervisor needs: a real database and scope engine, a proxy and leases in memory, a spawner to script.</summary>
internal sealed class Hub : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    private readonly bool ownsDatabase;
    private readonly bool startsProcesses;
    private readonly ReadinessProbe probe;

    private Hub(TestDatabase database, TimeProvider time, Hub? earlier, ISpawner? real)
    {
        Database = database;
        Time = time;
        ownsDatabase = earlier is null;
        startsProcesses = real is not null;
        Spawner = earlier?.Spawner ?? new ScriptedSpawner();
        Proxy = earlier?.Proxy ?? new MemoryProxy();
        Server = earlier?.Server ?? new AnsweringServer();
        Leases = earlier is null ? new MemoryLeases() : new MemoryLeases(earlier.Leases.Holders, "next");
        Spawner.Address = Server.Address;
        Authorities = new RoleAuthorities(database);
        Addresses.Bind(new Uri("http://127.0.0.1:8081"));
        Rules = new NamedServerRules(Options);
        StartOptions = new StartOptionsSource(real ?? Spawner, SpawnerOptions, database.Hub);
        Inventory = new ServerInventory(database.Hub, Leases, Rules, StartOptions);
        Ledger = new ServerLedger(database.Hub, Leases, time);
        Rows = new ServerRows(database.Hub);
        Metrics = new HubMetrics(new MetricSettings(), time);
        probe = new ReadinessProbe(SpawnerOptions, time, NullLogger<ReadinessProbe>.Instance);
        Tools = new ServerTools(
            real ?? Spawner,
            SpawnerOptions,
            Proxy,
            Leases,
            Inventory,
            StartOptions,
            Ledger,
            new ServerTokenScopes(database.Hub, Authorities, ScopeEngine.BuiltIn, SpawnerOptions, NullLogger<ServerTokenScopes>.Instance),
            new HubEnvironment(Addresses, SpawnerOptions, Options),
            probe,
            Addresses,
            time,
            Metrics,
            NullLogger<ServerSupervisor>.Instance);
        Supervisor = new ServerSupervisor(Tools, Rows, Rules, new SpawnLimits(Options, Metrics, NullLogger<SpawnLimits>.Instance), Options, Authenticator);
    }

    public TestDatabase Database { get; }
    public TimeProvider Time { get; }
    public ScriptedSpawner Spawner { get; }
    public MemoryProxy Proxy { get; }
    public MemoryLeases Leases { get; }
    public AnsweringServer Server { get; }
    public RoleAuthorities Authorities { get; }
    public HubAddresses Addresses { get; } = new("/");
    public JupyterHubOptions Options { get; } = new() { AllowNamedServers = true, InitSpawnersTimeout = (int)Deadline.TotalSeconds };
    public SpawnerOptions SpawnerOptions { get; } = new() { StartTimeout = 3600, HttpTimeout = 3600, PollInterval = 3600 };
    public AuthenticatorOptions Authenticator { get; } = new();
    public NamedServerRules Rules { get; }
    public StartOptionsSource StartOptions { get; }
    public ServerInventory Inventory { get; }
    public ServerLedger Ledger { get; }
    public HubMetrics Metrics { get; }
    public ServerRows Rows { get; }
    public ServerTools Tools { get; }
    public ServerSupervisor Supervisor { get; }

    /// <param name="time">The clock; by default the real one.</param>
    /// <param name="real">A real spawner instead of the scripted one.</param>
    public static async Task<Hub> CreateAsync(TimeProvider? time = null, ISpawner? real = null)
    {
        time ??= TimeProvider.System;
        var hub = new Hub(await TestDatabase.CreateAsync(), time, null, real);
        if ((await hub.Database.ListAsync<OAuthClient>()).All(client => client.Identifier != OAuthClient.HubIdentifier))
        {
            await hub.Database.AddAsync(new OAuthClient { Identifier = OAuthClient.HubIdentifier, Description = "JupyterHub", Secret = "", RedirectUri = "" });
        }

        await hub.Database.AddUserAsync("ada");
        return hub;
    }

    /// <summary>A hub that comes after this one: same database, servers and proxy, nothing in memory. The earlier one must be dead or dying.</summary>
    public Hub Next(ISpawner? real = null) => new(Database, Time, this, real);

    public ServerStatus Status(string user = "ada", string server = "") => Supervisor.GetStatus(user, server);

    public Task<ServerOperation> StartAsync(string user = "ada", string server = "", JsonObject? options = null) =>
        Supervisor.StartAsync(user, server, new ServerChoices(UserOptions: options), CancellationToken.None).WaitAsync(Deadline);

    /// <summary>Starts and waits for the end of it.</summary>
    public async Task<ServerFailure?> RunAsync(string user = "ada", string server = "", JsonObject? options = null) =>
        await End(await StartAsync(user, server, options));

    public async Task<ServerFailure?> StopAsync(string user = "ada", string server = "") =>
        await End(await Supervisor.StopAsync(user, server, CancellationToken.None).WaitAsync(Deadline));

    public static Task<ServerFailure?> End(ServerOperation operation) => operation.Completion.WaitAsync(Deadline);

    public async Task<List<ProgressEvent>> ProgressAsync(string user = "ada", string server = "")
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var events = new List<ProgressEvent>();
        await foreach (var item in Supervisor.WatchAsync(user, server, deadline.Token))
        {
            events.Add(item);
        }

        return events;
    }

    public async Task<HubSpawner> RowAsync(string user = "ada", string server = "")
    {
        var owner = (await Database.ListAsync<HubUser>()).Single(row => row.Name == user);
        return (await Database.ListAsync<HubSpawner>()).Single(row => row.UserId == owner.Id && row.Name == server);
    }

    public async Task<List<HubToken>> ServerTokensAsync() =>
        [.. (await Database.ListAsync<HubToken>()).Where(token => token.Note?.StartsWith("Server at ", StringComparison.Ordinal) == true)];

    public async Task<List<OAuthClient>> ServerClientsAsync() =>
        [.. (await Database.ListAsync<OAuthClient>()).Where(client => client.Identifier != OAuthClient.HubIdentifier)];

    /// <summary>Nothing of any server is left: not in memory, in the spawner, the proxy or the database.</summary>
    public async Task AssertNothingLeftAsync()
    {
        Assert.Empty(Spawner.Running);
        Assert.Empty(Proxy.Routes);
        Assert.Empty(await ServerTokensAsync());
        Assert.Empty(await ServerClientsAsync());
        Assert.Empty(await Database.ListAsync<HubServer>());
        Assert.All(await Database.ListAsync<HubSpawner>(), row =>
        {
            Assert.Null(row.ServerId);
            Assert.Null(row.OAuthClientId);
            Assert.Null(row.Started);
            Assert.Empty(row.State ?? []);
        });
        Assert.Empty(Leases.Holders);
        Assert.DoesNotContain(Supervisor.Statuses, status => status.IsActive);
    }

    public static async Task UntilAsync(Func<bool> condition)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !condition();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Deadline, "The condition was not met in time.");
            await Task.Delay(5);
        }
    }

    /// <summary>Moves a standing clock on, a little at a time, until something is done.</summary>
    public static async Task PassTimeUntilAsync(FakeTime time, Func<bool> condition)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !condition();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Deadline, "The condition was not met in time.");
            time.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Delay(1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (startsProcesses)
        {
            // A test that failed half-way must not leave processes behind.
            await Supervisor.ShutdownAsync(stopServers: true, CancellationToken.None).WaitAsync(Deadline);
        }

        Supervisor.Dispose();
        probe.Dispose();
        if (ownsDatabase)
        {
            await Server.DisposeAsync();
            await Database.DisposeAsync();
        }
    }
}
