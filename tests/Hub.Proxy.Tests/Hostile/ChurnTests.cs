using System.Diagnostics;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Routes come, go and move while requests run: every answer comes from a server that its route names, and none is missing.</summary>
[Collection(nameof(Alone))]
public class ChurnTests
{
    private const int Writers = 4;

    [Theory]
    [InlineData(ForwardingPath.Yarp)]
    [InlineData(ForwardingPath.Direct)]
    public async Task Twenty_thousand_changes_beside_fifty_thousand_requests_misroute_none(ForwardingPath path)
    {
        await using var users = await TwoUsers.OpenAsync(path);
        await ChangeAsync(users, 20_000, 50_000);
    }

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData(ForwardingPath.Yarp)]
    [InlineData(ForwardingPath.Direct)]
    public async Task A_thousand_changes_a_second_for_thirty_seconds_misroute_none(ForwardingPath path)
    {
        await using var users = await TwoUsers.OpenAsync(path);
        await ChangeSteadilyAsync(users);
    }

    /// <summary>Changes routes as fast as may be beside requests.</summary>
    internal static async Task ChangeAsync(TwoUsers users, int changes, int requests)
    {
        var load = new RouteLoad(users, requests);
        await load.PrepareAsync();
        var clients = Enumerable.Range(0, 12).Select(_ => load.RequestAsync()).ToArray();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var change = writer; change < changes; change += Writers)
            {
                await load.ChangeAsync(change);
            }
        })));
        await Task.WhenAll(clients);
        load.Check();
    }

    /// <summary>A thousand changes a second for half a minute; how many requests were answered meanwhile, and how long it took.</summary>
    internal static async Task<(int Requests, TimeSpan Elapsed)> ChangeSteadilyAsync(TwoUsers users)
    {
        var load = new RouteLoad(users, int.MaxValue);
        await load.PrepareAsync();
        var clients = Enumerable.Range(0, 12).Select(_ => load.RequestAsync()).ToArray();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var change = writer; change < 30_000; change += Writers)
            {
                await load.ChangeAsync(change);
                if (TimeSpan.FromMilliseconds(change) - watch.Elapsed is { Ticks: > 0 } early)
                {
                    await Task.Delay(early);
                }
            }
        })));
        var elapsed = watch.Elapsed;
        load.Stop();
        await Task.WhenAll(clients);
        load.Check();
        return (load.Requests, elapsed);
    }
}
