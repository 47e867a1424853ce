using JupyterHub.Proxy.Standalone;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Standalone;

public class IdleMemoryTests
{
    private const long Megabyte = 1024 * 1024;

    private readonly FakeTime time = new();
    private int collections;
    private long bytes = 10 * Megabyte;
    private int given;

    [Fact]
    public void What_a_burst_needed_is_given_back_once_when_it_is_over()
    {
        using var memory = Start();
        for (var second = 0; second < 60; second++)
        {
            collections++;
            bytes = 100 * Megabyte;
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(0, given);
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1, given);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, given);
    }

    [Fact]
    public void A_little_is_not_worth_a_pause()
    {
        using var memory = Start();
        collections++;
        bytes += 15 * Megabyte;
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, given);
    }

    [Fact]
    public void What_cannot_be_given_back_is_not_asked_for_again()
    {
        using var memory = Start(live: 90 * Megabyte);
        collections++;
        bytes = 110 * Megabyte;
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, given);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, given);
    }

    [Fact]
    public void What_was_alive_once_is_asked_for_again_after_a_while()
    {
        using var memory = Start(live: 90 * Megabyte);
        collections++;
        bytes = 110 * Megabyte;
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, given);
        collections++;
        bytes = 105 * Megabyte;
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, given);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, given);
    }

    private IdleMemory Start(long live = 20 * Megabyte) => new(time, () => (collections, bytes), () =>
    {
        given++;
        collections++;
        bytes = live;
    });
}
