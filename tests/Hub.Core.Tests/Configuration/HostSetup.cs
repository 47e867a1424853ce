using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Spawning;
using JupyterHub.Testing;
using Microsoft.Extensions.Configuration;

namespace JupyterHub.Core.Tests.Configuration;

/// <summary>A host's configuration as a test composes it: files in a folder of its own, and other sources behind them.</summary>
internal sealed class HostSetup : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly ConfigurationBuilder builder = new();
    private readonly ComponentRegistry<ISpawner> spawners = new();
    private readonly ComponentRegistry<IAuthenticator> authenticators = new();
    private int files;

    public HostSetup()
    {
        Authenticators.Add("plain", typeof(PlainAuthenticator), typeof(AuthenticatorOptions), null);
        Spawners.Add("plain", typeof(PlainSpawner), typeof(SpawnerOptions), null);
    }

    public string ContentRoot => folder.Path;

    public ComponentRegistry<ISpawner> Spawners => spawners;

    public ComponentRegistry<IAuthenticator> Authenticators => authenticators;

    public ConfigurationBuilder Builder => builder;

    public Action<JupyterHubOptions>? Configure { get; set; }

    /// <summary>Adds a JSON file, in a folder of its own, and returns its path.</summary>
    public string AddFile(string json)
    {
        var path = folder.Combine($"etc{++files}", "hub.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, json);
        builder.AddJupyterHubFile(path);
        return path;
    }

    /// <summary>Adds a JSON file with this content of the hub's section.</summary>
    public string AddSection(string content) => AddFile($$"""{ "JupyterHub": { {{content}} } }""");

    public HostSetup AddKeys(params (string Key, string? Value)[] keys)
    {
        builder.AddInMemoryCollection(keys.Select(pair => KeyValuePair.Create("JupyterHub:" + pair.Key, pair.Value)));
        return this;
    }

    public HubConfigurationReader Reader(bool readsSecrets = true) => new(builder.Build(), folder.Path, readsSecrets);

    public HubConfiguration Read() => Reader().Read(Configure, authenticators.Registrations, spawners.Registrations);

    public SpawnerOptions ReadSpawner() => (SpawnerOptions)Read().Spawner!.Options;

    public AuthenticatorOptions ReadAuthenticator() => (AuthenticatorOptions)Read().Authenticator!.Options;

    /// <summary>The one line that the start fails with.</summary>
    public string ReadError()
    {
        var message = Assert.Throws<HubStartupException>(Read).Message;
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain('\r', message);
        return message;
    }

    public void Dispose() => folder.Dispose();
}
