using System.Collections.Concurrent;
using System.Net.Sockets;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>Plays every case once, against both proxies at the same time.</summary>
public sealed class DifferentialRun : IAsyncLifetime
{
    private readonly ConcurrentDictionary<(ProxyProgram Program, string Name), IReadOnlyList<string>> seen = new();

    internal static IReadOnlyList<ProxyProgram> Programs { get; } = [ProxyProgram.Original, ProxyProgram.Ours];

    internal KnownDifferences Known { get; private set; } = KnownDifferences.Read();

    public async Task InitializeAsync()
    {
        using var prepared = new ScenePrepared();
        var turns =
            from options in AllCases.Exchanges.GroupBy(exchange => exchange.Options)
            from program in Programs
            select (options, program);
        await Parallel.ForEachAsync(turns, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (turn, _) => await PlayAsync(turn.program, turn.options, prepared));
        if (Environment.GetEnvironmentVariable("UPDATE_PROXY_DIFFERENCES") == "1")
        {
            Known.Write([.. AllCases.Exchanges.Select(exchange => (exchange.Name, Known.NotAllowed(exchange.Name, DifferencesOf(exchange.Name))))]);
            Known = KnownDifferences.Read();
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    internal IReadOnlyList<string> Of(ProxyProgram program, string name) => seen[(program, name)];

    internal IReadOnlyList<string> DifferencesOf(string name) =>
        Difference.Between(Of(ProxyProgram.Original, name), Of(ProxyProgram.Ours, name));

    private async Task PlayAsync(ProxyProgram program, IGrouping<ProxyOptions, Exchange> exchanges, ScenePrepared prepared)
    {
        await using var scene = await Scene.OpenAsync(program, exchanges.Key, prepared);
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
