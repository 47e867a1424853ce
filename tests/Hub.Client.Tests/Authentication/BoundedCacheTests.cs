using JupyterHub.Client.Authentication;
using JupyterHub.Testing;

namespace JupyterHub.Client.Tests.Authentication;

public sealed class BoundedCacheTests
{
    private readonly FakeTime time = new();

    [Fact]
    public void What_is_old_is_forgotten()
    {
        var cache = new BoundedCache<string>(time);
        cache.Set("a", "1", TimeSpan.FromMinutes(5), 10);

        time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.True(cache.TryGet("a", out var value));
        Assert.Equal("1", value);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.False(cache.TryGet("a", out _));
    }

    [Fact]
    public void The_oldest_makes_room()
    {
        var cache = new BoundedCache<int>(time);
        for (var number = 0; number < 5; number++)
        {
            cache.Set($"{number}", number, TimeSpan.FromMinutes(5), 3);
        }

        cache.Set("2", 22, TimeSpan.FromMinutes(5), 3);

        Assert.Equal([false, false, true, true, true], Enumerable.Range(0, 5).Select(number => cache.TryGet($"{number}", out _)));
        Assert.True(cache.TryGet("2", out var changed));
        Assert.Equal(22, changed);
    }

    [Fact]
    public void Without_a_lifetime_nothing_is_kept()
    {
        var cache = new BoundedCache<int>(time);
        cache.Set("a", 1, TimeSpan.Zero, 3);

        Assert.False(cache.TryGet("a", out _));
    }

    [Fact]
    public void A_state_is_used_once_until_its_time_is_over()
    {
        var used = new UsedStates(time);
        Assert.True(used.Add("a", TimeSpan.FromMinutes(10)));
        Assert.False(used.Add("a", TimeSpan.FromMinutes(10)));
        time.Advance(TimeSpan.FromMinutes(11));
        Assert.True(used.Add("a", TimeSpan.FromMinutes(10)));
    }
}
