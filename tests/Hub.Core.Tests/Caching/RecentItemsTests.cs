using JupyterHub.Core.Caching;

namespace JupyterHub.Core.Tests.Caching;

public sealed class RecentItemsTests
{
    [Fact]
    public void Holds_no_more_than_its_capacity_and_keeps_what_is_asked_for()
    {
        var items = new RecentItems<int, string>(100);
        items.Set(-1, "asked for");
        for (var key = 0; key < 10_000; key++)
        {
            items.Set(key, "x");
            Assert.True(items.TryGet(-1, out var value));
            Assert.Equal("asked for", value);
        }

        var held = Enumerable.Range(0, 10_000).Where(key => items.TryGet(key, out _)).ToList();
        Assert.InRange(held.Count, 1, 100);
        Assert.Contains(9_999, held);
    }

    [Fact]
    public void A_newer_value_replaces_the_older_one_also_after_it_has_aged()
    {
        var items = new RecentItems<int, int>(10);
        items.Set(1, 1);
        for (var key = 10; key < 14; key++)
        {
            items.Set(key, 0);
        }

        items.Set(1, 2);

        Assert.True(items.TryGet(1, out var value));
        Assert.Equal(2, value);
    }

    [Fact]
    public async Task Many_at_once_do_not_break_the_bound()
    {
        var items = new RecentItems<int, int>(64);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var key = 0; key < 20_000; key++)
            {
                items.Set((key * 8) + worker, key);
                items.TryGet(key, out _);
            }
        })));

        Assert.InRange(Enumerable.Range(0, 160_000).Count(key => items.TryGet(key, out _)), 1, 200);
    }
}
