using System.Collections.Concurrent;
using System.Net.Sockets;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>Plays every case once, against both proxies at the same time.</summary>
public sealed class DifferentialRun : IAsyncLifetime
{
    private readonly ConcurrentDictionary<(ProxyProgram Program, string Name), IReadOnlyList<string>> seen = new();

    internal static IReadOnlyList<ProxyProgram> Programs { get; } = [ProxyProgram.Original, ProxyProgram.Ours, ProxyProgram.OursOverYarp];

    /// <summary>What is compared with what: the original with ours, and ours with itself where YARP forwards everything.</summary>
    internal IReadOnlyList<Comparison> Comparisons { get; private set; } = [];

    public async Task InitializeAsync()
    {
        using var prepared = new ScenePrepared();
        var turns =
            from options in AllCases.Exchanges.Select((exchange, number) => (exchange, number)).GroupBy(part => (part.exchange.Options, LaneOf(part.exchange, part.number)), part => part.exchange)
            from program in Programs
            orderby options.First().OriginalHangs descending
            select (options, program);
        await Parallel.ForEachAsync(
            turns, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (turn, _) => await PlayAsync(turn.program, turn.options.Key.Options, turn.options, prepared));
        Comparisons = [Compare(ProxyProgram.Original, ProxyProgram.Ours, "KnownDifferences.txt"), Compare(ProxyProgram.Ours, ProxyProgram.OursOverYarp, "KnownDifferencesOverYarp.txt")];
        if (Environment.GetEnvironmentVariable("UPDATE_PROXY_DIFFERENCES") == "1")
        {
            Comparisons = [.. Comparisons.Select(comparison => comparison.Updated())];
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    internal IReadOnlyList<string> Of(ProxyProgram program, string name) => seen[(program, name)];

    private Comparison Compare(ProxyProgram left, ProxyProgram right, string table) => new(
        KnownDifferences.Read(table), AllCases.Exchanges.ToDictionary(exchange => exchange.Name, exchange => Difference.Between(Of(left, exchange.Name), Of(right, exchange.Name))), table);

    // Those that take a while because nothing comes are played beside the others, and a few of them at once.
    private static int LaneOf(Exchange exchange, int number) => exchange.OriginalHangs ? 1 + (number % 4) : 0;

    private async Task PlayAsync(ProxyProgram program, ProxyOptions options, IEnumerable<Exchange> exchanges, ScenePrepared prepared)
    {
        await using var scene = await Scene.OpenAsync(program, options, prepared);
        foreach (var exchange in exchanges)
        {
            try
            {
                seen[(program, exchange.Name)] = await scene.PlayAsync(exchange);
            }
            catch (Exception broken) when (broken is SocketException or HttpRequestException or TimeoutException)
            {
                // The others still tell something.
                seen[(program, exchange.Name)] = [$"cannot be played: {broken.Message}"];
            }
        }
    }
}
