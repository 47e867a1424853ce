using JupyterHub.Core.Servers;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.OAuth;

namespace JupyterHub.Core.Tests.Servers;

public sealed class StopTests
{
    [Fact]
    public async Task A_stopped_server_leaves_its_row_and_nothing_else()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync(server: "lab"));
        var user = (await hub.Database.ListAsync<Users.HubUser>()).Single();
        // What browsers got through the server's OAuth client, and what belongs to somebody else.
        await hub.Database.AddTokenAsync(new NewToken { UserId = user.Id, ClientId = "jupyterhub-user-ada-lab", Scopes = ["access:servers!server=ada/lab"] });
        await hub.Database.AddAsync(new OAuthCode { ClientId = "jupyterhub-user-ada-lab", Code = "code", UserId = user.Id });
        await hub.Database.AddTokenAsync(user);

        Assert.Null(await hub.StopAsync(server: "lab"));

        await hub.AssertNothingLeftAsync();
        Assert.Single(await hub.Database.ListAsync<HubToken>());
        Assert.Empty(await hub.Database.ListAsync<OAuthCode>());
        var row = await hub.RowAsync(server: "lab");
        Assert.Equal("{}", row.State!.ToJsonString());
        Assert.NotNull(row.LastActivity);
        Assert.Equal(ServerStatus.Stopped, hub.Status(server: "lab"));
    }

    [Fact]
    public async Task Stopping_what_does_not_run_is_done_at_once()
    {
        await using var hub = await Hub.CreateAsync();

        Assert.Null(await hub.StopAsync());
        Assert.Equal(0, hub.Spawner.Stops);
    }

    [Theory]
    [InlineData("ada", "nope", "ada has no server named 'nope'")]
    [InlineData("eve", "", "No such user")]
    public async Task There_has_to_be_a_server(string user, string server, string message)
    {
        await using var hub = await Hub.CreateAsync();

        var refusal = await Assert.ThrowsAsync<ServerOperationException>(() => hub.StopAsync(user, server));

        Assert.Equal((ServerOperationError.NotFound, message), (refusal.Kind, refusal.Message));
    }

    [Fact]
    public async Task A_server_whose_row_was_deleted_can_still_be_stopped()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());
        var row = await hub.RowAsync();
        await ((Data.IHubDatabase)hub.Database.Hub).WriteAsync((context, _) => Task.FromResult(context.Remove(row)), CancellationToken.None);

        Assert.Null(await hub.StopAsync());
        Assert.Empty(hub.Spawner.Running);
        Assert.Empty(await hub.ServerTokensAsync());
        Assert.Empty(await hub.ServerClientsAsync());
    }
}
