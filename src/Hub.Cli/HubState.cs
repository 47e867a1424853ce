using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Cli;

/// <summary>A hub's state as its configuration names it, opened beside the hub that may be running on it.</summary>
internal sealed class HubState : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly HubConfigurationReader reader;

    private HubState(ServiceProvider services, HubConfigurationReader reader, string folder)
    {
        this.services = services;
        this.reader = reader;
        Folder = folder;
    }

    /// <summary>The hub's data folder.</summary>
    public string Folder { get; }

    public SharedPasswordStore Passwords => services.GetRequiredService<SharedPasswordStore>();

    /// <summary>Opens the database of a hub that is there already.</summary>
    /// <param name="configurationFile">The hub's configuration file, if it has one.</param>
    /// <param name="dataDirectory">The hub's data folder, to go before what the configuration says.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HubStartupException">There is no such hub, or its state cannot be opened.</exception>
    public static async Task<HubState> OpenAsync(string? configurationFile, string? dataDirectory, CancellationToken cancellationToken)
    {
        var configuration = ReadConfiguration(configurationFile, dataDirectory);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        services.AddSingleton<SharedPasswordStore>();
        services.AddHubCore(readsHubOnly: true).UseSqlite();
        var provider = services.BuildServiceProvider();
        try
        {
            RequireFolder(provider.GetRequiredService<HubConfiguration>());
            var folder = provider.GetRequiredService<HubDataFolder>().Path;
            await provider.GetRequiredService<IHubDatabase>().OpenAsync(cancellationToken);
            return new HubState(provider, new HubConfigurationReader(configuration, Directory.GetCurrentDirectory(), readsSecrets: false), folder);
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    /// <summary>True if the configuration gives a setting of the authenticator.</summary>
    public bool AuthenticatorGives(string setting) => reader.Gives("Authenticator", setting);

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static IConfiguration ReadConfiguration(string? configurationFile, string? dataDirectory)
    {
        var builder = new ConfigurationBuilder();
        if (configurationFile is not null)
        {
            builder.AddJupyterHubFile(configurationFile);
        }

        builder.AddEnvironmentVariables();
        if (dataDirectory is not null)
        {
            builder.AddInMemoryCollection([KeyValuePair.Create("JupyterHub:DataDirectory", (string?)Path.GetFullPath(dataDirectory))]);
        }

        return builder.Build();
    }

    // A slip in a path must not make a new hub's folder, whose password nobody will ever be asked for.
    private static void RequireFolder(HubConfiguration configuration)
    {
        var folder = HubDataFolder.PathOf(configuration.Hub);
        if (!Directory.Exists(folder))
        {
            throw new HubStartupException($"There is no data folder {folder}: start the hub once, or name its folder with --data-directory or its file with --config.");
        }
    }
}
