using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Spawning;
using JupyterHub.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Core.Tests.Configuration;

/// <summary>What a host gets from its services once it has registered the hub.</summary>
public sealed class RegistrationTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly ServiceCollection services = new();

    [Fact]
    public void Components_come_with_their_own_options_and_are_singletons()
    {
        Configure(("Spawner:Type", "farm"), ("Spawner:Nodes", "4"), ("AllowAll", "true"));
        services.AddHubCore()
            .AddSpawner<FarmSpawner, FarmOptions>("farm", farm => farm.Port = 7)
            .AddSpawner<PlainSpawner, SpawnerOptions>("plain")
            .AddAuthenticator<PlainAuthenticator, AuthenticatorOptions>("plain");
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        var spawner = Assert.IsType<FarmSpawner>(provider.GetRequiredService<ISpawner>());

        Assert.Equal((4, 7), (spawner.Options.Nodes, spawner.Options.Port));
        Assert.Same(TimeProvider.System, spawner.Time);
        Assert.Same(spawner, provider.GetRequiredService<ISpawner>());
        Assert.Same(spawner.Options, provider.GetRequiredService<SpawnerOptions>());
        Assert.Same(spawner.Options, provider.GetRequiredService<FarmOptions>());
        var authenticator = Assert.IsType<PlainAuthenticator>(provider.GetRequiredService<IAuthenticator>());
        Assert.True(authenticator.Options.AllowAll);
        Assert.Same(authenticator.Options, provider.GetRequiredService<AuthenticatorOptions>());
        provider.Dispose();
        Assert.True(spawner.IsDisposed);
    }

    [Fact]
    public void Registering_before_the_hub_and_twice_is_fine()
    {
        Configure();
        var builder = services.AddHubCore(hub => hub.ActiveServerLimit = 1);
        builder.AddSpawner<FarmSpawner, FarmOptions>("farm", farm => farm.Nodes = 2);
        services.AddHubCore(hub => hub.ConcurrentSpawnLimit = 2).AddSpawner<FarmSpawner, FarmOptions>("farm", farm => farm.Port = 3);
        using var provider = services.BuildServiceProvider();

        var hub = provider.GetRequiredService<JupyterHubOptions>();
        var farm = provider.GetRequiredService<FarmOptions>();

        Assert.Equal((1, 2), (hub.ActiveServerLimit, hub.ConcurrentSpawnLimit));
        Assert.Equal((2, 3), (farm.Nodes, farm.Port));
        Assert.Single(services, service => service.ServiceType == typeof(ISpawner));
        Assert.Same(hub, provider.GetRequiredService<JupyterHubOptions>());
    }

    [Fact]
    public void Addresses_and_the_data_folder_follow_the_configuration()
    {
        Configure(("BaseUrl", "lab"), ("PublicUrl", "https://hub.example.org"), ("DataDirectory", folder.Combine("state")));
        services.AddHubCore();
        using var provider = services.BuildServiceProvider();

        var addresses = provider.GetRequiredService<HubAddresses>();

        Assert.Equal(("/lab/", "/lab/hub/"), (addresses.BasePath, addresses.HubPath));
        Assert.Equal(new Uri("https://hub.example.org/lab/"), addresses.PublicUrl);
        Assert.Equal(folder.Combine("state"), provider.GetRequiredService<HubDataFolder>().Path);
        Assert.True(Directory.Exists(folder.Combine("state")));
    }

    [Fact]
    public void A_hub_without_configuration_or_components_says_what_is_missing()
    {
        services.AddHubCore();
        using var provider = services.BuildServiceProvider();

        Assert.Equal("/", provider.GetRequiredService<HubAddresses>().BasePath);
        Assert.Contains("No ISpawner is registered", Assert.Throws<HubStartupException>(provider.GetRequiredService<ISpawner>).Message, StringComparison.Ordinal);
        Assert.Throws<HubStartupException>(provider.GetRequiredService<AuthenticatorOptions>);
    }

    [Fact]
    public void A_type_that_nobody_registered_stops_the_start()
    {
        Configure(("Authenticator:Type", "pam"));
        services.AddHubCore();
        using var provider = services.BuildServiceProvider();

        Assert.Equal(
            "JupyterHub:Authenticator:Type names \"pam\", but this host registers none (in configuration set in code).",
            Assert.Throws<HubStartupException>(provider.GetRequiredService<JupyterHubOptions>).Message);
    }

    [Fact]
    public void Options_of_a_component_that_was_not_chosen_are_not_to_be_had()
    {
        Configure(("Spawner:Type", "plain"));
        services.AddHubCore().AddSpawner<FarmSpawner, FarmOptions>("farm").AddSpawner<PlainSpawner, SpawnerOptions>("plain");
        using var provider = services.BuildServiceProvider();

        Assert.Throws<InvalidOperationException>(provider.GetRequiredService<FarmOptions>);
        Assert.IsType<PlainSpawner>(provider.GetRequiredService<ISpawner>());
    }

    [Fact]
    public void A_clock_that_the_host_brings_stays()
    {
        services.AddSingleton<TimeProvider>(new FakeTime());
        services.AddHubCore();
        using var provider = services.BuildServiceProvider();

        Assert.IsType<FakeTime>(provider.GetRequiredService<TimeProvider>());
    }

    public void Dispose() => folder.Dispose();

    private void Configure(params (string Key, string Value)[] keys) => services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
        .AddInMemoryCollection(keys.Select(pair => KeyValuePair.Create("JupyterHub:" + pair.Key, (string?)pair.Value)))
        .Build());
}
