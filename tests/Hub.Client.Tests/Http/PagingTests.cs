using JupyterHub.Client.Tests.Fixtures;

namespace JupyterHub.Client.Tests.Http;

public sealed class PagingTests
{
    [Fact]
    public async Task The_next_page_is_asked_of_the_same_hub_whatever_its_address_says()
    {
        await using var hub = await FakeHub.StartAsync();
        hub.Answer = context => FakeHub.Says(context.Request.Query["offset"] == "2"
            ? """{"items": [{"name": "c"}], "_pagination": {"offset": 2, "limit": 2, "total": 3, "next": null}}"""
            : """{"items": [{"name": "a"}, {"name": "b"}], "_pagination": {"next": {"offset": 2, "limit": 2, "url": "http://127.0.0.1:9/steal"}}}""")(context);

        var names = await hub.Client().Users.ListAsync(new() { PageSize = 2, NameFilter = "x y" }).Select(user => user.Name).ToListAsync();

        Assert.Equal(["a", "b", "c"], names);
        Assert.Equal(["GET /hub/api/users?name_filter=x%20y&limit=2", "GET /hub/api/users?name_filter=x%20y&offset=2&limit=2"], hub.Requests);
    }

    [Fact]
    public async Task A_hub_that_goes_in_circles_is_left()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Says("""{"items": [{"name": "a"}], "_pagination": {"next": {"offset": 0, "limit": 1}}}"""));

        Assert.Single(await hub.Client().Groups.ListAsync().ToListAsync());
        Assert.Single(hub.Requests);
    }

    [Fact]
    public async Task Whoever_has_seen_enough_causes_no_further_call()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Says("""{"items": [{"name": "a"}], "_pagination": {"next": {"offset": 1, "limit": 1}}}"""));

        await hub.Client().Users.ListAsync().FirstAsync();

        Assert.Single(hub.Requests);
    }
}
