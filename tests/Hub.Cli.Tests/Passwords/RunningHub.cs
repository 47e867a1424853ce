using JupyterHub.Core.Authentication;
using JupyterHub.Core.Data;
using JupyterHub.Core.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Cli.Tests.Passwords;

/// <summary>Holds a hub's database open as a running hub does, and answers sign-ins as its authenticator does.</summary>
internal sealed class RunningHub : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private RunningHub(ServiceProvider services) => this.services = services;

    public IHubDatabase Database => services.GetRequiredService<IHubDatabase>();

    public SharedPasswordStore Passwords => services.GetRequiredService<SharedPasswordStore>();

    public static async Task<RunningHub> StartAsync(string dataDirectory)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        collection.AddLogging();
        collection.AddSingleton<SharedPasswordStore>();
        collection.AddHubCore(hub => hub.DataDirectory = dataDirectory).UseSqlite();
        var hub = new RunningHub(collection.BuildServiceProvider());
        await hub.Database.OpenAsync(CancellationToken.None);
        return hub;
    }

    public async Task<bool> AcceptsAsync(string kind, string password) =>
        await Passwords.HashOfAsync(kind, CancellationToken.None) is { } hash && PasswordHash.Verify(password, hash);

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
