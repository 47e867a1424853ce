using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using JupyterHub.Core.Spawning;
using JupyterHub.Core.Tests.Servers;
using JupyterHub.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Core.Tests.Services;

/// <summary>When a managed service is started again, by a clock that the test moves.</summary>
public sealed class ServiceSupervisionTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private readonly ScriptedLauncher launcher = new();
    private readonly MemoryProxy proxy = new();
    private readonly ServiceDeclaration declaration = new() { Name = "grades", Command = ["grades"], ApiToken = new HubSecret("token-of-grades") };
    private TestDatabase database = null!;
    private ServiceTools tools = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        await database.Hub.WriteAsync((db, _) => Task.FromResult(db.Add(new HubService { Name = "grades", Command = ["grades"], FromConfig = true })), CancellationToken.None);
        var addresses = new HubAddresses("/");
        addresses.Bind(new Uri("http://127.0.0.1:8081"));
        var spawner = new SpawnerOptions();
        tools = new ServiceTools(
            database.Hub,
            new ServiceEnvironment(new HubEnvironment(addresses, spawner, new JupyterHubOptions()), addresses),
            new ServiceRoutes(database.Hub, proxy, addresses, NullLogger<ServiceRoutes>.Instance),
            new ReadinessProbe(spawner, time, NullLogger<ReadinessProbe>.Instance),
            addresses,
            time,
            NullLogger<ManagedServices>.Instance,
            launcher);
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Each_failure_is_followed_by_a_longer_pause()
    {
        using var service = new ServiceSupervision(declaration, 0, tools);
        await service.StartAsync(CancellationToken.None);

        for (var (run, pause) = (0, 1); run < 5; run++, pause *= 2)
        {
            await EndAsync(run, TimeSpan.Zero);
            time.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromMilliseconds(1));
            Assert.Equal(run + 1, launcher.Started.Count);
            time.Advance(TimeSpan.FromMilliseconds(1));
            await Eventually.TrueAsync("it is started again", () => launcher.Started.Count == run + 2);
        }

        await service.StopAsync(CancellationToken.None);
        Assert.True(launcher.Started[^1].IsStopped);
        Assert.Null(await PidAsync());
    }

    [Fact]
    public async Task Whoever_ran_well_is_started_again_soon()
    {
        using var service = new ServiceSupervision(declaration, 0, tools);
        await service.StartAsync(CancellationToken.None);
        await EndAsync(0, TimeSpan.Zero);
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => launcher.Started.Count == 2);

        await EndAsync(1, RestartPauses.RanWell);
        time.Advance(TimeSpan.FromSeconds(1));

        await Eventually.TrueAsync("it is started again", () => launcher.Started.Count == 3);
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task One_that_cannot_be_started_again_is_tried_again_and_again()
    {
        using var service = new ServiceSupervision(declaration, 0, tools);
        await service.StartAsync(CancellationToken.None);
        launcher.Refusal = "The program is being replaced.";
        await EndAsync(0, TimeSpan.Zero);
        for (var (attempt, pause) = (2, 1); attempt < 5; attempt++, pause *= 2)
        {
            time.Advance(TimeSpan.FromSeconds(pause));
            await Eventually.TrueAsync("another attempt", () => launcher.Attempts == attempt);
            await Eventually.TrueAsync("it waits", () => time.WaitingTimers == 1);
        }

        launcher.Refusal = null;
        time.Advance(RestartPauses.Longest);

        await Eventually.TrueAsync("it runs", async () => await PidAsync() == launcher.Started[^1].Pid && launcher.Started.Count == 2);
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_for_the_next_start()
    {
        using var service = new ServiceSupervision(declaration, 0, tools);
        await service.StartAsync(CancellationToken.None);
        await EndAsync(0, TimeSpan.Zero);

        await Eventually.Within(service.StopAsync(CancellationToken.None));

        time.Advance(TimeSpan.FromHours(1));
        Assert.Single(launcher.Started);
    }

    [Fact]
    public async Task The_first_start_must_succeed()
    {
        launcher.Refusal = "Its program is not there.";
        using var service = new ServiceSupervision(declaration, 3, tools);

        var failure = await Assert.ThrowsAsync<HubStartupException>(() => service.StartAsync(CancellationToken.None));

        Assert.Equal("The service grades (JupyterHub:Services:3) cannot be started: Its program is not there.", failure.Message);
        Assert.Equal(1, launcher.Attempts);
    }

    private async Task EndAsync(int run, TimeSpan ran)
    {
        time.Advance(ran);
        launcher.Started[run].End(1);
        await Eventually.TrueAsync("it is noted as down", async () => await PidAsync() is null);
        await Eventually.TrueAsync("it waits for the next start", () => time.WaitingTimers == 1);
    }

    private Task<int?> PidAsync() => database.Hub.ReadAsync((db, token) => db.Services.Select(row => row.Pid).SingleAsync(token), CancellationToken.None);
}
