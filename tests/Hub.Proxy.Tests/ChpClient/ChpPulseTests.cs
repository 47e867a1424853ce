using JupyterHub.Proxy.ChpClient;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.ChpClient;

/// <summary>Whether a proxy lives is judged by the time that it had, not by the time that the hub lost.</summary>
public sealed class ChpPulseTests : IDisposable
{
    private const int Pid = 4711;
    private const string Silent = "Proxy 4711 runs, but its API does not answer";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTime time = new();
    private readonly CapturedLog log = new();
    private readonly ChpApiClient api;

    public ChpPulseTests() => api = new ChpApiClient(10, time, log);

    public void Dispose()
    {
        api.Dispose();
        log.Dispose();
    }

    [Fact]
    public async Task A_hub_that_loses_a_minute_in_each_call_does_not_take_the_proxy_for_dead()
    {
        var asked = 0;

        // The proxy answers at once; the hub looks at its clock before it looks at the answer.
        await using var server = RawUpstream.Start(async (_, stream) =>
        {
            time.Jump(TimeSpan.FromMinutes(1));
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"u8.ToArray());
            Interlocked.Increment(ref asked);
        });
        using var stopping = new CancellationTokenSource();
        var silence = NewPulse(server).WaitForSilenceAsync(Pid, stopping.Token);
        for (var round = 1; round <= 5; round++)
        {
            await Eventually.TrueAsync("the pulse to rest", () => silence.IsCompleted || time.UntilNextTimer == Patience);
            Assert.False(silence.IsCompleted);
            time.Advance(Patience);
            await Eventually.TrueAsync("a call", () => silence.IsCompleted || Volatile.Read(ref asked) == round);
        }

        await Eventually.TrueAsync("the pulse to rest", () => silence.IsCompleted || time.UntilNextTimer == Patience);
        Assert.DoesNotContain(log.Lines, line => line.Contains(Silent, StringComparison.Ordinal));
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => silence);
    }

    [Fact]
    public async Task A_hub_that_is_halted_between_calls_gives_the_proxy_its_time_nevertheless()
    {
        // Nobody listens while its API is opened anew: each call fails at once.
        var server = RawUpstream.Answering("");
        var endpoint = new ChpEndpoint(server.Url, ApiServer.Token);
        await server.DisposeAsync();
        var settings = Settings(endpoint) with { CheckRunningInterval = TimeSpan.FromSeconds(5) };
        var silence = new ChpPulse(settings, api, time, log).WaitForSilenceAsync(Pid, CancellationToken.None);
        time.Advance(Patience);
        for (var pause = 1; pause <= 5; pause++)
        {
            await Eventually.TrueAsync("the next pause", () => silence.IsCompleted || time.UntilNextTimer == settings.CheckRunningInterval);
            Assert.False(silence.IsCompleted);
            time.Jump(TimeSpan.FromHours(1));
        }

        await time.ThroughAsync(silence);
    }

    [Fact]
    public async Task One_that_stays_silent_to_three_calls_is_found_out()
    {
        await using var server = RawUpstream.Start((_, stream) => stream.ReadAsync(new byte[1]).AsTask());

        await time.ThroughAsync(NewPulse(server).WaitForSilenceAsync(Pid, CancellationToken.None), longest: Patience);

        Assert.Contains(log.Lines, line => line.Contains(Silent, StringComparison.Ordinal));
    }

    private static ChpSettings Settings(ChpEndpoint endpoint) => new(endpoint, null)
    {
        ShouldStart = true,
        Command = ["none"],
        CommandUmask = 0,
        Concurrency = 10,
        CheckRunningInterval = Patience,
        LogLevel = "info",
        PidFile = "none",
        SilencePatience = Patience,
    };

    private ChpPulse NewPulse(RawUpstream server) => new(Settings(new ChpEndpoint(server.Url, ApiServer.Token)), api, time, log);
}
