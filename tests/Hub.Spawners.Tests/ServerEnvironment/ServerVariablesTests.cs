using System.Text.Json.Nodes;
using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.ServerEnvironment;
using JupyterHub.Spawners.Tests.LocalProcess;

namespace JupyterHub.Spawners.Tests.ServerEnvironment;

public sealed class ServerVariablesTests
{
    [Fact]
    public void Limits_folders_and_switches_are_told_as_the_original_writes_them()
    {
        var variables = Build(new SpawnerOptions
        {
            MemLimit = 1 << 30,
            MemGuarantee = 1024,
            CpuLimit = 2,
            CpuGuarantee = 0.5,
            NotebookDir = "/srv/{username}",
            DefaultUrl = "{base_url}lab",
            Debug = true,
            DisableUserConfig = true,
        });

        Assert.Equal(("1073741824", "1024"), (variables["MEM_LIMIT"], variables["MEM_GUARANTEE"]));
        Assert.Equal(("2.0", "0.5"), (variables["CPU_LIMIT"], variables["CPU_GUARANTEE"]));
        Assert.Equal(("/srv/ada", "/user/ada/lab"), (variables["JUPYTERHUB_ROOT_DIR"], variables["JUPYTERHUB_DEFAULT_URL"]));
        Assert.Equal(("1", "1"), (variables["JUPYTERHUB_DEBUG"], variables["JUPYTERHUB_DISABLE_USER_CONFIG"]));
    }

    [Fact]
    public void What_is_not_set_is_not_told()
    {
        var variables = Build(new SpawnerOptions { EnvKeep = [] });

        Assert.Equal(
            ["JUPYTERHUB_API_TOKEN", "JUPYTERHUB_SERVER_NAME", "JUPYTERHUB_SERVICE_PREFIX", "JUPYTERHUB_SERVICE_URL", "JUPYTERHUB_USER"],
            variables.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_operator_s_variables_win_over_the_hub_s_and_inherited_ones_lose()
    {
        Environment.SetEnvironmentVariable("JUPYTERHUB_USER", "inherited");
        try
        {
            Assert.Equal("ada", Build(new SpawnerOptions { EnvKeep = ["JUPYTERHUB_USER"] })["JUPYTERHUB_USER"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("JUPYTERHUB_USER", null);
        }

        var variables = Build(new SpawnerOptions { Environment = { ["JUPYTERHUB_API_TOKEN"] = "mine", ["WHO"] = "{username}/{servername}/{other}" } });
        Assert.Equal("mine", variables["JUPYTERHUB_API_TOKEN"]);
        Assert.Equal("ada/lab/{other}", variables["WHO"]);
    }

    [Theory]
    [InlineData("", "http://:4000/user/ada/")]
    [InlineData("127.0.0.1", "http://127.0.0.1:4000/user/ada/")]
    [InlineData("::1", "http://[::1]:4000/user/ada/")]
    public void The_address_to_bind_is_a_url(string ip, string url) =>
        Assert.Equal(url, Build(new SpawnerOptions { Ip = ip })["JUPYTERHUB_SERVICE_URL"]);

    [Fact]
    public void Only_declared_options_of_the_user_reach_the_server_as_text()
    {
        var options = new SpawnerOptions { EnvironmentFromOptions = { ["SIZE"] = "size", ["GPU"] = "gpu", ["COUNT"] = "count", ["NONE"] = "none" } };
        var variables = Build(options, """{"size":"big","gpu":true,"count":2.5,"LD_PRELOAD":"/tmp/evil.so","none":null}""");

        Assert.Equal(("big", "true", "2.5"), (variables["SIZE"], variables["GPU"], variables["COUNT"]));
        Assert.DoesNotContain("LD_PRELOAD", variables.Keys);
        Assert.DoesNotContain("NONE", variables.Keys);
    }

    [Theory]
    [InlineData("""{"size":{}}""")]
    [InlineData("""{"size":["a"]}""")]
    [InlineData("""{"size":"a\u0000b"}""")]
    public void An_option_that_is_no_text_is_refused(string chosen) =>
        Assert.Throws<SpawnException>(() => Build(new SpawnerOptions { EnvironmentFromOptions = { ["SIZE"] = "size" } }, chosen));

    [Fact]
    public void An_option_that_is_too_long_is_refused() =>
        Assert.Throws<SpawnException>(() => Build(
            new SpawnerOptions { EnvironmentFromOptions = { ["SIZE"] = "size" } },
            new JsonObject { ["size"] = new string('x', 40_000) }.ToJsonString()));

    [Fact]
    public void A_value_that_looks_like_a_template_stays_as_it_is() =>
        Assert.Equal("{servername} {b", Template.Fill("{username} {b", ("username", "{servername}"), ("servername", "lab"), ("b", "x")));

    private static Dictionary<string, string> Build(SpawnerOptions options, string chosen = "{}")
    {
        var request = new SpawnRequest
        {
            UserName = "ada",
            ServerName = "lab",
            ServicePrefix = "/user/ada/",
            BasePath = "/",
            HubEnvironment = new Dictionary<string, string>
            {
                ["JUPYTERHUB_API_TOKEN"] = "hub",
                ["JUPYTERHUB_USER"] = "ada",
                ["JUPYTERHUB_SERVER_NAME"] = "lab",
                ["JUPYTERHUB_SERVICE_PREFIX"] = "/user/ada/",
            },
            UserOptions = (JsonObject)JsonNode.Parse(chosen)!,
            Observer = new Observer(),
        };
        return ServerVariables.Build(request, options, 4000);
    }
}
