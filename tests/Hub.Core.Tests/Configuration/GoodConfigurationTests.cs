using System.Text.Json;
using JupyterHub.Core.Configuration;

namespace JupyterHub.Core.Tests.Configuration;

/// <summary>What a good configuration says, as options.</summary>
public sealed class GoodConfigurationTests
{
    /// <summary>Content of the hub's section, a setting of the hub, and its value as JSON.</summary>
    public static TheoryData<string, string, string> HubSettings => new()
    {
        { "", "BaseUrl", "\"/\"" },
        { "", "BindUrl", "null" },
        { "", "SpawnThrottleRetryRange", "[30,60]" },
        { "\"BindUrl\": \"http://127.0.0.1:8000\"", "BindUrl", "\"http://127.0.0.1:8000/\"" },
        { "\"BindUrl\": \"http://:8000/lab\"", "BindUrl", "\"http://0.0.0.0:8000/lab\"" },
        { "\"BindUrl\": \"http://*:8000\"", "BindUrl", "\"http://0.0.0.0:8000/\"" },
        { "\"BindUrl\": \"http://[::1]:0\"", "BindUrl", "\"http://[::1]:0/\"" },
        { "\"bindurl\": \"http://localhost\"", "BindUrl", "\"http://localhost/\"" },
        { "\"BindUrl\": \"http://127.0.0.1:8000/lab\"", "BaseUrl", "\"/lab/\"" },
        { "\"BaseUrl\": \"lab\"", "BaseUrl", "\"/lab/\"" },
        { "\"BaseUrl\": \"/a/b\"", "BaseUrl", "\"/a/b/\"" },
        { "\"BaseUrl\": \"\"", "BaseUrl", "\"/\"" },
        { "\"BaseUrl\": \"/\\u00fc b/\"", "BaseUrl", "\"/%C3%BC%20b/\"" },
        { "\"BaseUrl\": \"/%c3%bc%20%62/\"", "BaseUrl", "\"/%C3%BC%20b/\"" },
        { "\"BaseUrl\": \"/%2541/\"", "BaseUrl", "\"/%2541/\"" },
        { "\"BindUrl\": \"http://127.0.0.1/a/\", \"BaseUrl\": \"a\"", "BaseUrl", "\"/a/\"" },
        { "\"PublicUrl\": \"https://hub.example.org\", \"BaseUrl\": \"/lab\"", "PublicUrl", "\"https://hub.example.org/lab/\"" },
        { "\"PublicUrl\": \"https://hub.example.org/lab\", \"BaseUrl\": \"/lab\"", "PublicUrl", "\"https://hub.example.org/lab/\"" },
        { "\"PublicUrl\": \"\"", "PublicUrl", "null" },
        { "\"PublicUrl\": null", "PublicUrl", "null" },
        { "\"HubConnectUrl\": \"http://10.1.2.3:8081\"", "HubConnectUrl", "\"http://10.1.2.3:8081\"" },
        { "\"CookieMaxAgeDays\": 0.5", "CookieMaxAgeDays", "0.5" },
        { "\"SlowSpawnTimeout\": 0", "SlowSpawnTimeout", "0" },
        { "\"InitSpawnersTimeout\": -1", "InitSpawnersTimeout", "-1" },
        { "\"SpawnThrottleRetryRange\": [5, 5]", "SpawnThrottleRetryRange", "[5,5]" },
        { "\"TrustedDownstreamIps\": [\"127.0.0.1\", \"10.0.0.0/8\", \"::1\", \"fd00::/8\"]", "TrustedDownstreamIps", "[\"127.0.0.1\",\"10.0.0.0/8\",\"::1\",\"fd00::/8\"]" },
        { "\"TrustedDownstreamIps\": []", "TrustedDownstreamIps", "[]" },
        { "\"Headers\": { \"X-Frame-Options\": \"DENY\" }", "Headers", "{\"X-Frame-Options\":\"DENY\"}" },
        { "\"Database\": { \"Provider\": \"Sqlite\", }, // trailing comma and comment\n /* both */", "Database", "{\"Provider\":\"Sqlite\",\"ConnectionString\":null}" },
    };

    [Theory]
    [MemberData(nameof(HubSettings))]
    public void A_file_sets_the_hub(string content, string setting, string json)
    {
        using var host = new HostSetup();
        host.AddSection(content);

        var hub = host.Read().Hub;

        var value = typeof(JupyterHubOptions).GetProperty(setting)!.GetValue(hub);
        Assert.Equal(json, JsonSerializer.Serialize(value));
    }

    [Fact]
    public void Nothing_given_leaves_the_defaults()
    {
        using var host = new HostSetup();

        var configuration = host.Read();

        Assert.Equal(100, configuration.Hub.ConcurrentSpawnLimit);
        Assert.Equal("plain", configuration.Spawner!.Name);
        Assert.Equal(["jupyterhub-singleuser"], host.ReadSpawner().Command);
        Assert.Empty(configuration.Files);
    }

    [Fact]
    public void Every_kind_of_value_is_read_from_json()
    {
        using var host = new HostSetup();
        host.Spawners.Add("farm", typeof(FarmSpawner), typeof(FarmOptions), null);
        host.AddSection("""
            "Spawner": {
              "Nodes": 3, "Mode": "exclusive", "Grace": 1.5, "Endpoint": "https://farm.example.org/x",
              "Key": "k1", "Keys": { "a:b": "k2" }, "Zones": ["eu", "us", "eu"],
              "Pools": { "big:one": ["a", "b"], "none": [] },
              "Images": { "py": { "Name": "python", "Tags": [] } },
              "Extra": [ { "Name": "r", "Weight": 0.5 }, { } ],
              "Default": { "Weight": 2 },
              "Labels": { "team:x": { "n": 1, "list": [], "yes": true, "no": null, "text": "t" } },
              "MemLimit": "1.5G", "MemGuarantee": 1048576, "CpuLimit": 2,
              "EnvKeep": null, "Debug": true }
            """);

        var farm = (FarmOptions)host.ReadSpawner();

        Assert.Equal((3, FarmMode.Exclusive, TimeSpan.FromSeconds(1.5), new Uri("https://farm.example.org/x")), (farm.Nodes, farm.Mode, farm.Grace, farm.Endpoint));
        Assert.Equal(("k1", "k2"), (farm.Key!.Reveal(), farm.Keys["a:b"].Reveal()));
        Assert.Equal(["eu", "us"], farm.Zones.Order());
        Assert.Equal(["a", "b"], farm.Pools["big:one"]);
        Assert.Empty(farm.Pools["none"]);
        Assert.Equal("python", farm.Images["py"].Name);
        Assert.Empty(farm.Images["py"].Tags);
        Assert.Equal([("r", 0.5), ("", null)], farm.Extra.Select(image => (image.Name, image.Weight)));
        Assert.Equal(["latest"], farm.Extra[1].Tags);
        Assert.Equal(2, farm.Default.Weight);
        Assert.Equal("""{"team:x":{"n":1,"list":[],"yes":true,"no":null,"text":"t"}}""", farm.Labels!.ToJsonString());
        Assert.Equal((1_610_612_736L, 1_048_576L, 2.0), (farm.MemLimit!.Value, farm.MemGuarantee!.Value, farm.CpuLimit!.Value));
        Assert.Null(farm.EnvKeep);
        Assert.True(farm.Debug);
    }

    [Fact]
    public void Every_kind_of_value_is_read_from_flat_keys()
    {
        using var host = new HostSetup();
        host.Spawners.Add("farm", typeof(FarmSpawner), typeof(FarmOptions), null);
        host.AddKeys(
            ("Spawner:Nodes", "3"),
            ("Spawner:Mode", "Exclusive"),
            ("Spawner:Grace", "1.5"),
            ("Spawner:Zones:0", "eu"),
            ("Spawner:Pools:big:1", "b"),
            ("Spawner:Pools:big:0", "a"),
            ("Spawner:Images:py:Name", "python"),
            ("Spawner:Extra:10:Name", "later"),
            ("Spawner:Extra:9:Name", "sooner"),
            ("Spawner:Labels:team", "x"),
            ("Spawner:Environment:A:B", "colon"),
            ("Spawner:Environment:c", ""),
            ("Spawner:MemLimit", "2G"),
            ("Spawner:CpuLimit", ""),
            ("Spawner:EnvKeep", ""),
            ("Spawner:Debug", "TRUE"),
            ("Spawner:Key", "k1"));

        var farm = (FarmOptions)host.ReadSpawner();

        Assert.Equal((3, FarmMode.Exclusive, TimeSpan.FromSeconds(1.5)), (farm.Nodes, farm.Mode, farm.Grace));
        Assert.Equal(["eu"], farm.Zones);
        Assert.Equal(["a", "b"], farm.Pools["big"]);
        Assert.Equal("python", farm.Images["py"].Name);
        Assert.Equal(["sooner", "later"], farm.Extra.Select(image => image.Name));
        Assert.Equal("""{"team":"x"}""", farm.Labels!.ToJsonString());
        Assert.Equal(("colon", ""), (farm.Environment["A:B"], farm.Environment["c"]));
        Assert.Equal(2L << 30, farm.MemLimit);
        Assert.Null(farm.CpuLimit);
        Assert.Empty(farm.EnvKeep!);
        Assert.True(farm.Debug);
        Assert.Equal("k1", farm.Key!.Reveal());
    }

    [Theory]
    [InlineData("1024", 1024)]
    [InlineData("\"1024\"", 1024)]
    [InlineData("\"1K\"", 1024)]
    [InlineData("\"512M\"", 512L << 20)]
    [InlineData("\"0.5G\"", 1L << 29)]
    [InlineData("\"3T\"", 3L << 40)]
    public void Sizes_are_powers_of_1024(string size, long bytes)
    {
        using var host = new HostSetup();
        host.AddSection($$""" "Spawner": { "MemLimit": {{size}} } """);

        Assert.Equal(bytes, host.ReadSpawner().MemLimit);
    }

    [Fact]
    public void Names_keep_their_exact_text_and_may_differ_in_case_alone()
    {
        using var host = new HostSetup();
        host.AddSection(""" "Spawner": { "Environment": { "path": "1", "PATH": "2", "a:b": "3", "": "x" } } """);
        Assert.Contains("JupyterHub:Spawner:Environment: is not a valid name", host.ReadError(), StringComparison.Ordinal);

        using var second = new HostSetup();
        second.AddSection(""" "Spawner": { "Environment": { "path": "1", "PATH": "2", "a:b": "3" } } """);
        Assert.Equal(["PATH=2", "a:b=3", "path=1"], second.ReadSpawner().Environment.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Cmd_is_another_name_of_Command()
    {
        using var host = new HostSetup();
        host.AddSection(""" "Spawner": { "Cmd": ["jupyter", "labhub"] } """);

        Assert.Equal(["jupyter", "labhub"], host.ReadSpawner().Command);
    }

    [Fact]
    public void Settings_of_the_only_authenticator_may_stand_in_the_section_of_the_hub()
    {
        using var host = new HostSetup();
        host.AddSection(""" "AllowAll": true, "AllowedUsers": ["ada"], "BlockedUsers": ["eve"], "AdminUsers": ["root"] """);

        var authenticator = host.ReadAuthenticator();

        Assert.True(authenticator.AllowAll);
        Assert.Equal(["ada", "eve", "root"], [.. authenticator.AllowedUsers, .. authenticator.BlockedUsers, .. authenticator.AdminUsers]);
    }

    [Fact]
    public void A_path_is_relative_to_its_file_otherwise_to_the_content_root()
    {
        using var host = new HostSetup();
        host.Spawners.Add("farm", typeof(FarmSpawner), typeof(FarmOptions), null);
        var file = host.AddSection(""" "DataDirectory": "state", "Spawner": { "Socket": "/run/farm.sock" } """);
        Assert.Equal(Path.Combine(Path.GetDirectoryName(file)!, "state"), host.Read().Hub.DataDirectory);
        Assert.Equal("/run/farm.sock", ((FarmOptions)host.ReadSpawner()).Socket);

        host.AddKeys(("DataDirectory", "../elsewhere"), ("Spawner:Socket", "farm.sock"));
        Assert.Equal(Path.GetFullPath("../elsewhere", host.ContentRoot), host.Read().Hub.DataDirectory);
        Assert.Equal(Path.Combine(host.ContentRoot, "farm.sock"), ((FarmOptions)host.ReadSpawner()).Socket);
    }

    [Fact]
    public void A_relative_path_set_in_code_is_below_the_content_root()
    {
        using var host = new HostSetup { Configure = hub => hub.DataDirectory = "state" };
        host.Spawners.Add("farm", typeof(FarmSpawner), typeof(FarmOptions), options => ((FarmOptions)options).Socket = "{username}/farm.sock");

        Assert.Equal(Path.Combine(host.ContentRoot, "state"), host.Read().Hub.DataDirectory);
        Assert.Equal(Path.Combine(host.ContentRoot, "{username}", "farm.sock"), ((FarmOptions)host.ReadSpawner()).Socket);
    }
}
