using JupyterHub.Core.Authentication;

namespace JupyterHub.Core.Tests.Configuration;

/// <summary>Which spawner and authenticator is taken, and what becomes of settings of another type.</summary>
public sealed class ComponentSelectionTests
{
    [Theory]
    [InlineData("", "farm")]
    [InlineData(""" "Spawner": { "Type": "plain" } """, "plain")]
    [InlineData(""" "Spawner": { "type": "FARM" } """, "farm")]
    [InlineData(""" "Spawner": { "Type": null } """, "farm")]
    public void Type_selects_otherwise_the_last_one_registered(string content, string name)
    {
        using var host = new HostSetup();
        host.Spawners.Add("farm", typeof(FarmSpawner), typeof(FarmOptions), null);
        host.AddSection(content);

        Assert.Equal(name, host.Read().Spawner!.Name);
    }

    [Fact]
    public void A_name_is_configured_further_by_the_same_class_and_taken_over_by_another()
    {
        using var host = new HostSetup();
        host.Spawners.Add("farm", typeof(FarmSpawner), typeof(FarmOptions), options => ((FarmOptions)options).Nodes = 2);
        host.Spawners.Add("FARM", typeof(FarmSpawner), typeof(FarmOptions), options => ((FarmOptions)options).Port = 5);
        var farm = (FarmOptions)host.ReadSpawner();
        Assert.Equal((2, 5), (farm.Nodes, farm.Port));

        host.Spawners.Add("farm", typeof(PlainSpawner), typeof(JupyterHub.Core.Spawning.SpawnerOptions), null);
        Assert.Equal(typeof(PlainSpawner), host.Read().Spawner!.Implementation);
        Assert.Equal(0, host.ReadSpawner().Port);
        Assert.Equal(2, host.Spawners.Registrations.Count);
    }

    [Fact]
    public void A_setting_of_another_type_stops_the_start()
    {
        using var host = new HostSetup();
        host.Spawners.Add("farm", typeof(FarmSpawner), typeof(FarmOptions), null);
        var file = host.AddSection(""" "Spawner": { "Type": "plain", "Nodes": 2 } """);

        Assert.Equal($"JupyterHub:Spawner:Nodes is a setting of the type farm, but the type is plain (in {file}).", host.ReadError());
    }

    [Fact]
    public void Another_type_in_a_later_source_drops_what_only_the_earlier_type_has()
    {
        using var host = new HostSetup();
        host.Authenticators.Add("keyed", typeof(KeyedAuthenticator), typeof(KeyedAuthenticatorOptions), null);
        host.AddSection(""" "Authenticator": { "Type": "keyed", "Password": "pw", "BlockedUsers": ["eve"] } """);
        host.AddKeys(("Authenticator:Type", "plain"));

        var options = host.ReadAuthenticator();

        Assert.Equal(typeof(AuthenticatorOptions), options.GetType());
        Assert.Equal(["eve"], options.BlockedUsers);
    }

    [Fact]
    public void A_slip_in_an_earlier_source_still_stops_the_start()
    {
        using var host = new HostSetup();
        host.Authenticators.Add("keyed", typeof(KeyedAuthenticator), typeof(KeyedAuthenticatorOptions), null);
        host.AddSection(""" "Authenticator": { "Type": "keyed", "BlokedUsers": ["eve"] } """);
        host.AddKeys(("Authenticator:Type", "plain"));

        Assert.StartsWith("JupyterHub:Authenticator:BlokedUsers is not a known setting; did you mean BlockedUsers?", host.ReadError(), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_checked_by_their_own_attributes()
    {
        using var host = new HostSetup();
        host.Spawners.Add("farm", typeof(FarmSpawner), typeof(FarmOptions), null);
        host.AddKeys(("Spawner:Nodes", "11"));
        Assert.Equal("JupyterHub:Spawner:Nodes is not valid: The field Nodes must be between 1 and 10 (in configuration set in code).", host.ReadError());

        using var second = new HostSetup();
        second.Spawners.Add("farm", typeof(FarmSpawner), typeof(FarmOptions), null);
        second.AddKeys(("Spawner:Zones:0", "nowhere"));
        Assert.Equal("JupyterHub:Spawner:Zones is not valid: there is no such zone (in configuration set in code).", second.ReadError());
    }

    [Theory]
    [InlineData("Hook")]
    [InlineData("Client")]
    public void Hooks_and_objects_of_the_platform_are_for_code_only(string name)
    {
        using var host = new HostSetup();
        host.Spawners.Add("farm", typeof(FarmSpawner), typeof(FarmOptions), options => ((FarmOptions)options).Hook = text => text);
        Assert.NotNull(((FarmOptions)host.ReadSpawner()).Hook);

        host.AddKeys(($"Spawner:{name}:Timeout", "1"));
        Assert.StartsWith($"JupyterHub:Spawner:{name} is not a known setting", host.ReadError(), StringComparison.Ordinal);
    }
}
