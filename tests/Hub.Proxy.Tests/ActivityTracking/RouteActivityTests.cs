using JupyterHub.Proxy.ActivityTracking;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.ActivityTracking;

public class RouteActivityTests
{
    private readonly FakeTime time = new();

    [Fact]
    public void It_begins_with_being_added_and_moves_with_each_mark()
    {
        var activity = new RouteActivity(time);
        Assert.Equal(time.GetUtcNow(), activity.Last);
        time.Advance(TimeSpan.FromSeconds(1));
        activity.Mark();
        Assert.Equal(time.GetUtcNow(), activity.Last);
    }

    [Fact]
    public void Marks_of_the_same_moment_are_one()
    {
        var activity = new RouteActivity(time);
        var first = activity.Last;
        time.Advance(TimeSpan.FromMilliseconds(9));
        activity.Mark();
        Assert.Equal(first, activity.Last);
        time.Advance(TimeSpan.FromMilliseconds(1));
        activity.Mark();
        Assert.Equal(time.GetUtcNow(), activity.Last);
    }

    [Fact]
    public async Task Many_at_once_leave_the_latest_time()
    {
        var activity = new RouteActivity(TimeProvider.System);
        var started = TimeProvider.System.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            var last = activity.Last;
            for (var round = 0; round < 20_000; round++)
            {
                activity.Mark();
                Assert.True(activity.Last >= last);
                last = activity.Last;
            }
        })));
        Assert.InRange(activity.Last, started.AddMilliseconds(-10), TimeProvider.System.GetUtcNow());
    }
}
