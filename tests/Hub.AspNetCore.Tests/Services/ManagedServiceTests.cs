using System.Globalization;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Tests.Fixtures;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Services;
using JupyterHub.Testing;

namespace JupyterHub.AspNetCore.Tests.Services;

/// <summary>Services that the hub runs: real processes, from the start of the hub to its end (contract 8.1, 16).</summary>
public sealed class ManagedServiceTests
{
    private static readonly string[] Inherited =
        ["CONDA_DEFAULT_ENV", "CONDA_ROOT", "JUPYTERHUB_SINGLEUSER_APP", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH", "VIRTUAL_ENV"];

    [Fact]
    public async Task It_gets_exactly_the_environment_of_the_contract()
    {
        await using var host = await ManagedHub.StartAsync(service =>
        {
            service.Environment["COLOUR"] = "green";
            service.Environment["JUPYTERHUB_SERVICE_NAME"] = "another";
            service.OauthClientAllowedScopes.Add("read:users!user");
        });

        var told = await ManagedHub.AskAsync(host);

        var environment = told["environment"]!.AsObject().ToDictionary(variable => variable.Key, variable => (string)variable.Value!);
        var row = await ManagedHub.RowAsync(host);
        var hub = host.Url.GetLeftPart(UriPartial.Authority);
        var token = environment["JUPYTERHUB_API_TOKEN"];
        var expected = new Dictionary<string, string>
        {
            ["JUPYTERHUB_API_TOKEN"] = token,
            ["JPY_API_TOKEN"] = token,
            ["JUPYTERHUB_API_URL"] = $"{hub}/hub/api",
            ["JUPYTERHUB_BASE_URL"] = "/",
            ["JUPYTERHUB_CLIENT_ID"] = "service-tell",
            ["JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED"] = "0",
            ["JUPYTERHUB_HOST"] = "",
            ["JUPYTERHUB_OAUTH_ACCESS_SCOPES"] = """["access:services","access:services!service=tell"]""",
            ["JUPYTERHUB_OAUTH_SCOPES"] = """["access:services","access:services!service=tell"]""",
            ["JUPYTERHUB_OAUTH_CALLBACK_URL"] = "/services/tell/oauth_callback",
            ["JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES"] = """["read:users!user"]""",
            ["JUPYTERHUB_PUBLIC_HUB_URL"] = "",
            ["JUPYTERHUB_PUBLIC_URL"] = "",
            ["JUPYTERHUB_SERVER_NAME"] = "",
            ["JUPYTERHUB_SERVICE_NAME"] = "tell",
            ["JUPYTERHUB_SERVICE_PREFIX"] = "/services/tell/",
            ["JUPYTERHUB_SERVICE_URL"] = row.Url!,
            ["JUPYTERHUB_USER"] = "",
            ["COLOUR"] = "green",
        };

        // Python adds LC_CTYPE itself where no locale is set.
        Assert.Equal(
            expected.OrderBy(variable => variable.Key, StringComparer.Ordinal),
            environment.Where(variable => !Inherited.Contains(variable.Key) && variable.Key != "LC_CTYPE").OrderBy(variable => variable.Key, StringComparer.Ordinal));
        Assert.DoesNotContain(told["arguments"]!.AsArray(), argument => argument!.ToString().Contains(token, StringComparison.Ordinal));
        using var self = await host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal("tell", (string)(await self.JsonAsync())["name"]!);
    }

    [Fact]
    public async Task It_is_shown_with_its_process_and_reached_at_its_path()
    {
        await using var host = await ManagedHub.StartAsync(service => service.Info = new JsonObject { ["a"] = 1 });
        var token = await host.Data.UserTokenAsync("root", "admin:services", "list:services");

        using var answer = await host.SendAsync("GET", "/hub/api/services/tell", token);

        var model = await answer.JsonAsync();
        var told = await ManagedHub.AskAsync(host);
        Assert.Equal((int)told["pid"]!, (int)model["pid"]!);
        Assert.Equal([.. ManagedHub.Command], model["command"]!.AsArray().Select(part => (string)part!));
        Assert.Equal((string)told["environment"]!["JUPYTERHUB_SERVICE_URL"]!, (string)model["url"]!);
        Assert.NotEqual(0, new Uri((string)model["url"]!).Port);
        Assert.Equal(1, (int)model["info"]!["a"]!);
    }

    [Fact]
    public async Task Its_folder_is_the_one_that_is_set_and_its_output_goes_to_a_file()
    {
        using var folder = new TestFolder();
        await using var host = await ManagedHub.StartAsync(service => service.Cwd = folder.Path);

        Assert.Equal(folder.Path, (string)(await ManagedHub.AskAsync(host))["folder"]!);
        var log = Path.Combine(host.Folder, "data", "logs", "services", "tell.log");
        Assert.Contains("listening", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_started_again_when_it_is_killed()
    {
        await using var host = await ManagedHub.StartAsync(service => service.Environment["CHILD"] = "1");
        var before = (await ManagedHub.RowAsync(host)).Pid!.Value;

        ManagedHub.Kill(before);

        var after = await ManagedHub.NextPidAsync(host, before);
        Assert.True(ManagedHub.IsAlive(after));
        await Eventually.TrueAsync("it answers again", async () =>
        {
            using var answer = await host.SendAsync("GET", "/services/tell/");
            return answer.IsSuccessStatusCode && (int)(await answer.JsonAsync())["pid"]! == after;
        });
        await Eventually.TrueAsync("nothing is left of the first", () => Members(before).Count == 0);
    }

    [Fact]
    public async Task There_is_no_route_while_it_is_down()
    {
        var pause = RestartPauses.Shortest.TotalSeconds;
        var time = new HeldTime(pause);
        await using var host = await ManagedHub.StartAsync(setup: hub => hub.Services = builder => builder.Services.AddSingleton<TimeProvider>(time));
        var token = await host.Data.UserTokenAsync("root", "proxy");
        Assert.True((await RoutesAsync(host, token)).ContainsKey("/services/tell/"));

        using var crash = await host.SendAsync("GET", "/services/tell/crash");

        await Eventually.TrueAsync("the route goes", async () => !(await RoutesAsync(host, token)).ContainsKey("/services/tell/"));
        await Eventually.TrueAsync("the route comes back", async () =>
        {
            time.End(pause);
            return (await RoutesAsync(host, token)).ContainsKey("/services/tell/");
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    public async Task It_ends_with_the_hub_and_leaves_nothing(string stubborn)
    {
        int pid;
        await using (var host = await ManagedHub.StartAsync(service =>
        {
            service.Environment["CHILD"] = "1";
            if (stubborn.Length > 0)
            {
                service.Environment["STUBBORN"] = stubborn;
            }
        }))
        {
            pid = (await ManagedHub.RowAsync(host)).Pid!.Value;
            Assert.True(ManagedHub.IsAlive(pid));
            Assert.Equal(2, Members(pid).Count);
        }

        Assert.False(ManagedHub.IsAlive(pid));
        Assert.Empty(Members(pid));
    }

    [Fact]
    public async Task Its_token_is_the_same_after_a_restart_and_no_other_works()
    {
        string token;
        using var data = new TestFolder();
        await using (var host = await ManagedHub.StartAsync(setup: hub => hub.Hub = options => options.DataDirectory = data.Path))
        {
            token = (string)(await ManagedHub.AskAsync(host))["environment"]!["JUPYTERHUB_API_TOKEN"]!;
        }

        await using (var host = await ManagedHub.StartAsync(service => service.ApiToken = new HubSecret("chosen-by-hand"), setup: hub => hub.Hub = options => options.DataDirectory = data.Path))
        {
            Assert.Equal("chosen-by-hand", (string)(await ManagedHub.AskAsync(host))["environment"]!["JUPYTERHUB_API_TOKEN"]!);
            using var refused = await host.SendAsync("GET", "/hub/api/user", token);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        await using (var host = await ManagedHub.StartAsync(setup: hub => hub.Hub = options => options.DataDirectory = data.Path))
        {
            Assert.Equal(token, (string)(await ManagedHub.AskAsync(host))["environment"]!["JUPYTERHUB_API_TOKEN"]!);
        }
    }

    private static IReadOnlyList<int> Members(int session) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id != 0 && ManagedHub.IsAlive(id) && SessionOf(id) == session),
    ];

    private static int SessionOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task<JsonObject> RoutesAsync(HubHost host, string token)
    {
        using var answer = await host.SendAsync("GET", "/hub/api/proxy", token);
        return (JsonObject)await answer.JsonAsync();
    }
}
