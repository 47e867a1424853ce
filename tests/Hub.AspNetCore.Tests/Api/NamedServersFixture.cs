namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>One hub with named servers for all tests of a class.</summary>
public sealed class NamedServersFixture : IAsyncLifetime
{
    internal HubHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await HubHost.StartAsync(setup => setup.Hub = hub =>
    {
        hub.AllowNamedServers = true;
        hub.DefaultServerName = "lab";
    });

    public Task DisposeAsync() => Host.DisposeAsync().AsTask();
}
