using System.Diagnostics;
using System.Globalization;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Xunit.Abstractions;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Masses of connections, WebSockets and route changes against the stand-alone proxy as a process of its own, which has to be as it was when they are over.</summary>
[Collection(nameof(Alone))]
public sealed class HubProxyLoadTests(ITestOutputHelper figures) : IAsyncLifetime
{
    private const int LargestShare = 128 * 1024;
    private const long MostAfterwards = 64L * 1024 * 1024;

    private readonly HubProxyProcess proxy = new();
    private readonly Stopwatch watch = new();

    public async Task InitializeAsync()
    {
        await proxy.InitializeAsync();
        watch.Start();
    }

    public Task DisposeAsync() => proxy.DisposeAsync();

    [Fact]
    public Task Connections_that_are_cut_leave_nothing() => CutAsync(2_000, 500);

    [Fact]
    [Trait("Category", "Soak")]
    public Task A_hundred_thousand_connections_that_are_cut_leave_nothing() => CutAsync(100_000, 10_000);

    [Fact]
    public Task Idle_connections_keep_nobody_waiting() => IdleAsync(1_500);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Ten_thousand_idle_connections_keep_nobody_waiting() => IdleAsync(10_000);

    [Fact]
    public Task Slow_clients_and_servers_keep_nobody_waiting() => CrawlAsync(500);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Thousands_of_slow_clients_and_servers_keep_nobody_waiting() => CrawlAsync(5_000);

    [Fact]
    public async Task Changes_of_routes_misroute_no_request_and_fail_none()
    {
        await using (var users = await TwoUsers.OpenAsync(proxy.Plain))
        {
            await ChurnTests.ChangeAsync(users, 4_000, 10_000);
        }

        await EndAsync("4,000 changes");
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task A_thousand_changes_a_second_for_thirty_seconds_misroute_no_request_and_fail_none()
    {
        await using (var users = await TwoUsers.OpenAsync(proxy.Plain))
        {
            var (requests, elapsed) = await ChurnTests.ChangeSteadilyAsync(users);
            Note(string.Create(CultureInfo.InvariantCulture, $"30,000 changes in {elapsed.TotalSeconds:0.0} s beside {requests} requests"), ProcessUse.Of(proxy.Plain.Id));
        }

        await EndAsync("clients gone");
    }

    private async Task CutAsync(int connections, int webSockets)
    {
        await using var users = await TwoUsers.OpenAsync(proxy.Plain);
        await LeakTests.CutAsync(users, connections, webSockets);
        await users.CheckAsync();
        await EndAsync($"{connections} connections and {webSockets} WebSockets cut");
    }

    private async Task IdleAsync(int connections)
    {
        await using var users = await TwoUsers.OpenAsync(proxy.Plain);
        await LeakTests.IdleAsync(users, connections, () => ProcessUse.Of(proxy.Plain.Id).ResidentBytes);
        await EndAsync($"{connections} idle connections");
    }

    private async Task CrawlAsync(int count)
    {
        await using var users = await TwoUsers.OpenAsync(proxy.Plain);
        await using var slow = new SlowServers();
        await users.RouteAsync("/user/slow", slow.Url);
        var before = ProcessUse.Of(proxy.Plain.Id);
        var clients = new List<RawConnection>(count);
        try
        {
            for (var number = 0; number < count; number++)
            {
                var client = await users.ConnectAsync();
                clients.Add(client);
                await client.SendAsync(SlowServers.RequestOf(number));
            }

            await Eventually.TrueAsync("every request to be at its server", () => slow.Requests == count);
            await users.CheckAsync();
            var amid = ProcessUse.Of(proxy.Plain.Id);
            Note($"{count} slow clients and servers", amid);
            Assert.InRange((amid.ResidentBytes - before.ResidentBytes) / count, long.MinValue, LargestShare);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        await EndAsync("slow clients and servers gone");
    }

    // All that was held is given back, memory too when nobody has come for a while.
    private async Task EndAsync(string what)
    {
        Note(what, ProcessUse.Of(proxy.Plain.Id));
        await proxy.Plain.SetRoutesAsync([]);
        await proxy.CheckAsync();
        Note("sockets closed", ProcessUse.Of(proxy.Plain.Id));
        await Eventually.TrueAsync("memory to be given back", () => ProcessUse.Of(proxy.Plain.Id).ResidentBytes <= proxy.Fresh.ResidentBytes + MostAfterwards);
        Note("at rest", ProcessUse.Of(proxy.Plain.Id));
    }

    private void Note(string what, ProcessUse now) => figures.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {watch.Elapsed.TotalSeconds:0} s; fresh {proxy.Fresh}; now {now}; peak {ProcessUse.PeakBytesOf(proxy.Plain.Id) / 1024 / 1024} MB"));
}
