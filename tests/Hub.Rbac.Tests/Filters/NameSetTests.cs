using JupyterHub.Rbac.Filters;

namespace JupyterHub.Rbac.Tests.Filters;

public sealed class NameSetTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(1000)]
    public void Finds_exactly_its_names(int count)
    {
        var set = NameSet.Of([.. Enumerable.Range(0, count).Select(i => $"name{i}"), .. Enumerable.Range(0, count).Select(i => $"name{i}")]);
        Assert.Equal(count, set.Count);
        Assert.Equal(set.Order(StringComparer.Ordinal), set);
        for (var i = 0; i < count; i++)
        {
            Assert.True(set.Contains($"name{i}"));
            Assert.False(set.Contains($"name{i}x"));
        }

        Assert.False(set.Contains("name"));
        Assert.False(set.Contains(""));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(1000)]
    public void Finds_servers_by_owner_and_name(int count)
    {
        var set = new ServerSet(NameSet.Of([.. Enumerable.Range(0, count).Select(i => $"user{i}/server{i}"), "ownerless"]));
        for (var i = 0; i < count; i++)
        {
            Assert.True(set.Contains($"user{i}", $"server{i}"));
            Assert.False(set.Contains($"user{i}", ""));
            Assert.False(set.Contains("", $"server{i}"));
            Assert.False(set.Contains($"user{i}/server{i}", ""));
        }

        Assert.False(set.Contains("ownerless", ""));
        Assert.False(set.Contains("", "ownerless"));
    }
}
