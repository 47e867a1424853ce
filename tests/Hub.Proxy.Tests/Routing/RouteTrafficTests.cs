using JupyterHub.Proxy.Routing;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Routing;

public class RouteTrafficTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);

    private readonly FakeTime time = new();
    private readonly RouteTraffic traffic = new();

    [Fact]
    public void What_is_under_way_is_cut_when_its_time_is_over()
    {
        traffic.Enter();
        traffic.Drain(Ten, time);
        time.Advance(Ten - TimeSpan.FromTicks(1));
        Assert.False(traffic.Cut.IsCancellationRequested);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.True(SpinUntilCut());
        Assert.Equal(0, time.WaitingTimers);
    }

    [Fact]
    public void Nothing_waits_when_nothing_is_under_way()
    {
        traffic.Enter();
        traffic.Leave();
        traffic.Drain(Ten, time);
        Assert.Equal(0, time.WaitingTimers);
    }

    [Fact]
    public void The_last_to_leave_takes_the_timer_along()
    {
        traffic.Enter();
        traffic.Enter();
        traffic.Drain(Ten, time);
        traffic.Leave();
        Assert.Equal(1, time.WaitingTimers);
        traffic.Leave();
        Assert.Equal(0, time.WaitingTimers);
        time.Advance(Ten * 2);
        Assert.False(traffic.Cut.IsCancellationRequested);
    }

    [Fact]
    public void A_clock_that_is_set_back_gives_nobody_more_time()
    {
        var clock = new SteppedClock(time);
        traffic.Drain(Ten, clock);
        clock.Offset = TimeSpan.FromHours(-1);
        traffic.Enter();
        time.Advance(Ten);
        Assert.True(SpinUntilCut());
    }

    [Fact]
    public void Whoever_comes_after_the_route_went_has_what_is_left_of_the_time()
    {
        traffic.Drain(Ten, time);
        time.Advance(Ten / 2);
        traffic.Enter();
        Assert.Equal(1, time.WaitingTimers);
        time.Advance(Ten / 2);
        Assert.True(SpinUntilCut());
        traffic.Leave();
        traffic.Enter();
        Assert.True(traffic.Cut.IsCancellationRequested);
        Assert.Equal(0, time.WaitingTimers);
    }

    [Fact]
    public void Whoever_comes_after_that_time_is_cut_at_once()
    {
        traffic.Drain(Ten, time);
        time.Advance(Ten);
        traffic.Enter();
        Assert.True(SpinUntilCut());
    }

    [Fact]
    public void No_time_cuts_at_once_and_no_end_never()
    {
        traffic.Enter();
        traffic.Drain(Timeout.InfiniteTimeSpan, time);
        Assert.Equal(0, time.WaitingTimers);
        Assert.False(traffic.Cut.IsCancellationRequested);
        traffic.Drain(TimeSpan.Zero, time);
        Assert.True(SpinUntilCut());
    }

    [Fact]
    public void Draining_again_only_shortens()
    {
        traffic.Enter();
        traffic.Drain(Ten, time);
        traffic.Drain(Ten * 2, time);
        traffic.Drain(Ten / 2, time);
        Assert.Equal(1, time.WaitingTimers);
        time.Advance(Ten / 2);
        Assert.True(SpinUntilCut());
    }

    [Fact]
    public async Task Coming_leaving_and_draining_at_once_leave_no_timer()
    {
        for (var round = 0; round < 300; round++)
        {
            var busy = new RouteTraffic();
            using var start = new ManualResetEventSlim();
            var users = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                start.Wait();
                for (var turn = 0; turn < 50; turn++)
                {
                    busy.Enter();
                    busy.Leave();
                }
            })).ToArray();
            var drain = Task.Run(() =>
            {
                start.Wait();
                busy.Drain(Ten, time);
            });
            start.Set();
            await Task.WhenAll([.. users, drain]);
            Assert.Equal(0, time.WaitingTimers);
        }
    }

    [Fact]
    public async Task However_an_entry_and_a_drain_meet_the_entry_is_cut()
    {
        for (var round = 0; round < 2_000; round++)
        {
            var late = new RouteTraffic();
            using var both = new Barrier(2);
            var enter = Task.Run(() =>
            {
                both.SignalAndWait();
                late.Enter();
            });
            both.SignalAndWait();
            late.Drain(TimeSpan.Zero, time);
            await enter;
            Assert.True(SpinWait.SpinUntil(() => late.Cut.IsCancellationRequested, TimeSpan.FromSeconds(60)));
        }
    }

    private bool SpinUntilCut() => SpinWait.SpinUntil(() => traffic.Cut.IsCancellationRequested, TimeSpan.FromSeconds(60));

    private sealed class SteppedClock(TimeProvider steady) : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override long TimestampFrequency => steady.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + Offset;

        public override long GetTimestamp() => steady.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => steady.CreateTimer(callback, state, dueTime, period);
    }
}
