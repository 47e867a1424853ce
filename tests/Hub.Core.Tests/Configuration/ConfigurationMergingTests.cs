using JupyterHub.Core.Hosting;
using Microsoft.Extensions.Configuration;

namespace JupyterHub.Core.Tests.Configuration;

/// <summary>Several sources: values and sections merge by key, lists are replaced whole, code gives what nobody says.</summary>
public sealed class ConfigurationMergingTests
{
    [Fact]
    public void A_later_list_replaces_an_earlier_one_whole()
    {
        using var host = new HostSetup();
        host.AddSection(""" "AdminUsers": ["ada", "bob", "eve"], "Spawner": { "Args": ["--a", "--b"], "Port": 1 } """);
        host.AddSection(""" "AdminUsers": ["root"], "Spawner": { "Args": [], "Ip": "::1" } """);

        Assert.Equal(["root"], host.ReadAuthenticator().AdminUsers);
        Assert.Empty(host.ReadSpawner().Args);
        Assert.Equal((1, "::1"), (host.ReadSpawner().Port, host.ReadSpawner().Ip));
    }

    [Fact]
    public void Flat_keys_form_a_whole_list_over_a_file()
    {
        using var host = new HostSetup();
        host.AddSection(""" "AdminUsers": ["ada", "bob", "eve"] """);
        host.AddKeys(("AdminUsers:0", "root"));

        Assert.Equal(["root"], host.ReadAuthenticator().AdminUsers);
    }

    [Fact]
    public void An_object_of_plain_values_merges_by_name_and_null_takes_a_name_out()
    {
        using var host = new HostSetup();
        host.AddSection(""" "Spawner": { "Environment": { "A": "1", "B": "1", "C": "1" } }, "Headers": { "X-A": "1" } """);
        host.AddSection(""" "Spawner": { "Environment": { "B": "2", "C": null } }, "Headers": { "x-a": "2" } """);

        Assert.Equal(["A=1", "B=2"], host.ReadSpawner().Environment.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
        Assert.Equal("2", Assert.Single(host.Read().Hub.Headers).Value);
    }

    [Fact]
    public void An_object_of_lists_or_objects_is_replaced_whole_and_json_too()
    {
        using var host = new HostSetup();
        host.Spawners.Add("farm", typeof(FarmSpawner), typeof(FarmOptions), null);
        host.AddSection(""" "Spawner": { "Pools": { "a": ["1"], "b": ["1"] }, "Images": { "x": { "Name": "x" } }, "Labels": { "a": 1 }, "Default": { "Name": "d" } } """);
        host.AddSection(""" "Spawner": { "Pools": { "b": [] }, "Images": { "y": { } }, "Labels": { "b": 2 }, "Default": { "Weight": 1 } } """);

        var farm = (FarmOptions)host.ReadSpawner();

        Assert.Empty(Assert.Single(farm.Pools).Value);
        Assert.Equal(("y", ""), (Assert.Single(farm.Images).Key, farm.Images["y"].Name));
        Assert.Equal("""{"b":2}""", farm.Labels!.ToJsonString());
        Assert.Equal(("d", 1.0), (farm.Default.Name, farm.Default.Weight));
    }

    [Fact]
    public void Code_gives_defaults_and_configuration_wins()
    {
        using var host = new HostSetup();
        host.Spawners.Add("farm", typeof(FarmSpawner), typeof(FarmOptions), options =>
        {
            var farm = (FarmOptions)options;
            farm.Command = ["farm-singleuser"];
            farm.Args = ["--a", "--b"];
            farm.Environment["A"] = "code";
            farm.Environment["B"] = "code";
            farm.Zones.Add("eu");
            farm.Nodes = 9;
        });
        host.Configure = hub =>
        {
            hub.ActiveServerLimit = 7;
            hub.TrustedDownstreamIps.Add("127.0.0.1");
            hub.CleanupServers = false;
        };
        host.AddSection(""" "TrustedDownstreamIps": ["::1"], "CleanupServers": true, "Spawner": { "Args": ["--c"], "Environment": { "B": "file" }, "Zones": [] } """);

        var hub = host.Read().Hub;
        var farm = (FarmOptions)host.ReadSpawner();

        Assert.Equal((7, true), (hub.ActiveServerLimit, hub.CleanupServers));
        Assert.Equal(["::1"], hub.TrustedDownstreamIps);
        Assert.Equal(["farm-singleuser"], farm.Command);
        Assert.Equal(["--c"], farm.Args);
        Assert.Equal(("code", "file", 9), (farm.Environment["A"], farm.Environment["B"], farm.Nodes));
        Assert.Empty(farm.Zones);
    }

    [Fact]
    public void A_shorthand_and_its_long_form_are_one_setting_over_two_sources()
    {
        using var host = new HostSetup();
        host.AddSection(""" "AllowAll": true, "Spawner": { "Cmd": ["a"] } """);
        host.AddKeys(("Authenticator:AllowAll", "false"), ("Spawner:Command:0", "b"));

        Assert.False(host.ReadAuthenticator().AllowAll);
        Assert.Equal(["b"], host.ReadSpawner().Command);
    }

    [Fact]
    public void Environment_and_command_line_win_over_files()
    {
        using var host = new HostSetup();
        host.AddSection(""" "ActiveServerLimit": 1, "ConcurrentSpawnLimit": 1, "Spawner": { "Port": 1 } """);
        var prefix = $"T{Guid.NewGuid():N}_";
        Environment.SetEnvironmentVariable(prefix + "JupyterHub__Spawner__Port", "2");
        Environment.SetEnvironmentVariable(prefix + "JUPYTERHUB__ACTIVESERVERLIMIT", "2");
        host.Builder.AddEnvironmentVariables(prefix).AddCommandLine(["--JupyterHub:ActiveServerLimit=3"]);

        Assert.Equal(2, host.ReadSpawner().Port);
        Assert.Equal((3, 1), (host.Read().Hub.ActiveServerLimit, host.Read().Hub.ConcurrentSpawnLimit));

        Environment.SetEnvironmentVariable(prefix + "JupyterHub__Spawner__Prot", "2");
        Assert.Equal("JupyterHub:Spawner:Prot is not a known setting; did you mean Port? (in the environment).", host.ReadError());
        Environment.SetEnvironmentVariable(prefix + "JupyterHub__Spawner__Prot", null);
        host.Builder.AddCommandLine(["--JupyterHub:Spawner:Prot", "2"]);
        Assert.Equal("JupyterHub:Spawner:Prot is not a known setting; did you mean Port? (in the command line).", host.ReadError());
    }

    [Fact]
    public void Sources_are_found_behind_chained_configurations()
    {
        using var host = new HostSetup();
        using var inner = new HostSetup();
        var file = inner.AddSection(""" "AdminUsers": [], "Spawner": { "Environment": { "a:b": "c" } } """);
        host.AddKeys(("AdminUsers:0", "root"));
        host.Builder.AddConfiguration(inner.Builder.Build());

        Assert.Empty(host.ReadAuthenticator().AdminUsers);
        Assert.Equal("c", host.ReadSpawner().Environment["a:b"]);
        Assert.Equal([file], host.Read().Files);
    }

    [Fact]
    public void A_section_of_another_configuration_serves_as_a_source()
    {
        using var host = new HostSetup();
        var other = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Prod:JupyterHub:ActiveServerLimit", (string?)"4")]).Build();
        host.Builder.AddConfiguration(other.GetSection("Prod"));

        Assert.Equal(4, host.Read().Hub.ActiveServerLimit);
    }

    [Fact]
    public void The_platforms_own_json_source_is_read_as_json_too()
    {
        using var host = new HostSetup();
        var file = Path.Combine(host.ContentRoot, "appsettings.json");
        File.WriteAllText(file, """{ "Logging": { "JupyterHub": 1 }, "JupyterHub": { "AdminUsers": [], "Spawner": { "Environment": { "a:b": "c" } } } }""");
        host.AddKeys(("AdminUsers:0", "root"));
        host.Builder.AddJsonFile(file).AddJsonFile(Path.Combine(host.ContentRoot, "missing.json"), optional: true);

        Assert.Empty(host.ReadAuthenticator().AdminUsers);
        Assert.Equal("c", host.ReadSpawner().Environment["a:b"]);
        Assert.Equal([file], host.Read().Files);
    }

    [Fact]
    public void The_rest_of_a_hub_file_goes_to_the_host()
    {
        using var host = new HostSetup();
        host.AddFile("""{ "Logging": { "LogLevel": { "Default": "Debug" } }, "jupyterhub": { "ActiveServerLimit": 2 } }""");

        Assert.Equal("Debug", host.Builder.Build()["Logging:LogLevel:Default"]);
        Assert.Equal(2, host.Read().Hub.ActiveServerLimit);
    }

    [Fact]
    public void A_missing_hub_file_stops_the_start()
    {
        using var host = new HostSetup();
        var file = Path.Combine(host.ContentRoot, "nowhere", "hub.json");

        var error = Assert.Throws<HubStartupException>(() => host.Builder.AddJupyterHubFile(file));

        Assert.Equal($"The configuration file {file} does not exist.", error.Message);
    }

    [Fact]
    public void A_hub_file_that_is_no_json_stops_the_start()
    {
        using var host = new HostSetup();
        var file = host.AddFile("{ oops }");

        Assert.Equal($"{file} is not valid JSON: see line 1, character 3.", host.ReadError());
    }
}
