namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>One plain hub for all tests of a class.</summary>
public sealed class HubFixture : IAsyncLifetime
{
    internal HubHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.AllowNamedServers = true);

    public Task DisposeAsync() => Host.DisposeAsync().AsTask();
}
