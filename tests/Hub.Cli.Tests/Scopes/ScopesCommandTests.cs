using System.Text.Json.Nodes;
using JupyterHub.Rbac.Scopes;
using JupyterHub.Testing;

namespace JupyterHub.Cli.Tests.Scopes;

public sealed class ScopesCommandTests : IDisposable
{
    private const string Before = """
        {
          "users": { "ada": ["ops"], "grace": ["physics"], "ben": [] },
          "groups": ["ops", "physics"],
          "services": ["culler"],
          "servers": ["grace/lab"],
          "roles": { "helper": ["admin:servers!group=physics"], "culler": ["list:users", "delete:servers"] },
          "grants": [["group", "ops", "helper"], ["service", "culler", "culler"]]
        }
        """;

    private readonly TestFolder folder = new();
    private readonly string world;

    public ScopesCommandTests() => world = Write("w.json", Before);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Lists_all_scopes()
    {
        var table = await Succeed("list");
        var lines = table.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(ScopeCatalog.BuiltIn.Scopes.Count + 1, lines.Length);
        Assert.Matches("^start:servers +Start and edit servers\\.$", lines.Single(line => line.StartsWith("start:servers", StringComparison.Ordinal)));
        Assert.DoesNotContain('\e', table);

        var json = JsonNode.Parse(await Succeed("list", "--json"))!.AsArray();
        Assert.Equal(ScopeCatalog.BuiltIn.Scopes.Select(scope => scope.Name), json.Select(scope => scope!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Expands_scopes_and_all_that_somebody_holds()
    {
        Assert.Equal("delete:servers!user=ada\nread:servers!user=ada\nread:users:name!user=ada\nservers!user=ada\nstart:servers!user=ada\n", await Succeed("expand", "servers!user", "--for", "user:ada"));
        Assert.Equal("access:servers!server=ada/gpu\n", await Succeed("expand", "access:servers!server", "--client", "server:ada/gpu"));
        Assert.Equal("delete:servers\nlist:users\nread:users:name\n", await Succeed("expand", "--for", "service:culler", "--world", world));
        Assert.Equal("""{"scopes":["delete:servers","list:users","read:users:name"]}""", Compact(await Succeed("expand", "--for", "service:culler", "--world", world, "--json")));
    }

    [Fact]
    public async Task Explains_what_allows_something()
    {
        Assert.Equal(
            "user:ada may: servers on server:grace/lab\n  role helper of group ops: admin:servers!group=physics (admin:servers > servers), by membership in physics\n",
            await Succeed("explain", "user:ada", "servers", "server:grace/lab", "--world", world));

        var json = JsonNode.Parse(await Succeed("explain", "user:ada", "servers", "server:grace/lab", "--world", world, "--json"))!;
        Assert.True(json["allowed"]!.GetValue<bool>());
        Assert.Equal(
            """{"holder":"group:ops","role":"helper","declared":"admin:servers!group=physics","path":["admin:servers","servers"],"match":"member","group":"physics","token_scope":null}""",
            json["grants"]![0]!.ToJsonString().Replace("\\u0022", "\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explains_what_is_missing()
    {
        Assert.Equal(
            "user:ben may not: read:hub on everything\nNobody granted it.\nEach of these would do:\n  read:hub\n",
            await Succeed("explain", "user:ben", "read:hub", "--world", world));
        Assert.Equal(
            "user:ada may not: servers on server:ben/\nIt was granted only for others:\n  role user of user ada: self (self > servers), for others\n"
            + "  role helper of group ops: admin:servers!group=physics (admin:servers > servers), for others\n"
            + "Each of these would do:\n  servers!server=ben/\n  servers!user=ben\n  servers\n",
            await Succeed("explain", "user:ada", "servers", "server:ben/", "--world", world));
        Assert.Contains(
            "This token was not given it; its owner has it:\n",
            await Succeed("explain", "user:ada", "delete:servers", "server:grace/lab", "--world", world, "--token-scope", "read:servers"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Knows_who_can()
    {
        Assert.Equal(
            """
            WHO             BY
            user:ada        role helper of group ops: admin:servers!group=physics (admin:servers > servers > delete:servers), by membership in physics
            user:grace      role user of user grace: self (self > servers > delete:servers), naming the owner
            service:culler  role culler of service culler: delete:servers, for everything

            """,
            await Succeed("who-can", "delete:servers", "server:grace/lab", "--world", world));
        Assert.Equal("Nobody.\n", await Succeed("who-can", "shutdown", "--world", world));
        var json = JsonNode.Parse(await Succeed("who-can", "delete:servers", "--world", world, "--json"))!;
        Assert.Equal(["service:culler"], json["who"]!.AsArray().Select(who => who!["who"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Says_who_gains_and_who_loses_also_by_a_group()
    {
        var after = Write("after.json", Before
            .Replace("\"ben\": []", "\"ben\": [\"physics\"]", StringComparison.Ordinal)
            .Replace("[\"list:users\", \"delete:servers\"]", "[\"list:users\"]", StringComparison.Ordinal));
        Assert.Equal(
            """
            user:ada
              + admin:server_state!user=ben
              + admin:servers!user=ben
              + delete:servers!user=ben
              + read:servers!user=ben
              + read:users:name!user=ben
              + servers!user=ben
              + start:servers!user=ben
            service:culler
              - delete:servers

            """,
            await Succeed("diff", "--before", world, "--after", after));
        Assert.Equal("""[{"who":"service:culler","gained":["delete:servers"],"lost":[]}]""",
            Compact(new JsonArray(JsonNode.Parse(await Succeed("diff", "--before", after, "--after", world, "--json"))!.AsArray()[^1]!.DeepClone()).ToJsonString()));
        Assert.Equal("Nobody gains or loses anything.\n", await Succeed("diff", "--before", world, "--after", world));
    }

    [Fact]
    public async Task A_line_of_a_file_of_worlds_is_a_world()
    {
        var recorded = Repository.Data("scope-decisions.jsonl");

        Assert.StartsWith("user:radia may: servers on server:radia/gpu\n", await Succeed("explain", "user:radia", "servers", "server:radia/gpu", "--world", recorded + "#1"), StringComparison.Ordinal);
        Assert.Equal(
            $"hub: {recorded}: has 240 worlds, one in each line; add #1 to #240 to the file's name to choose one.\n",
            await Refuse("who-can", "servers", "--world", recorded));
        Assert.Equal($"hub: {recorded}: has 240 lines; there is no line 241.\n", await Refuse("who-can", "servers", "--world", recorded + "#241"));
    }

    [Fact]
    public async Task What_cannot_be_answered_is_one_line_and_exit_code_1()
    {
        Assert.Equal("hub: Scope 'servres' does not exist; did you mean 'servers'?\n", await Refuse("expand", "servres"));
        Assert.Equal("hub: Say which world is meant: --world FILE, or --config FILE with a hub's configuration.\n", await Refuse("explain", "user:ada", "servers"));
        Assert.Equal("hub: There is no user graze; did you mean grace?\n", await Refuse("explain", "user:graze", "servers", "--world", world));
        Assert.Equal("hub: There is no user nobody\n", await Refuse("explain", "user:ada", "servers", "server:nobody/lab", "--world", world));
        Assert.Equal("hub: \"ada\" names nobody; write user:NAME, service:NAME or group:NAME.\n", await Refuse("explain", "ada", "servers", "--world", world));
        Assert.Equal(
            "hub: Leave the filter of \"servers!user=ada\" out and name the entity behind the scope, as in: servers server:ada/lab\n",
            await Refuse("who-can", "servers!user=ada", "--world", world));
        Assert.Equal("hub: --world and --config both say which world is meant; keep one of them.\n", await Refuse("list", "--world", world, "--config", world));
        var broken = Write("broken.json", "{ \"users\": {}, \"users\": {} }");
        Assert.Equal($"hub: {broken} gives a name of an object twice.\n", await Refuse("list", "--world", broken));
        Assert.Matches("^hub: /nowhere/w\\.json cannot be read: [^\n]+\n$", await Refuse("list", "--world", "/nowhere/w.json"));
    }

    [Fact]
    public async Task Names_cannot_steer_the_terminal()
    {
        var file = Write("evil.json", Before.Replace("\"ben\"", "\"ben\\u001b[31m\\n\\u202e\"", StringComparison.Ordinal));

        var output = await Succeed("who-can", "servers", "user:ben\e[31m\n\u202e", "--world", file);

        Assert.Equal(3, output.Split('\n').Length);
        Assert.Contains("user:ben\uFFFD[31m\uFFFD\uFFFD", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
    }

    [Fact]
    public async Task Colour_is_for_terminals()
    {
        string[] question = ["scopes", "explain", "user:ada", "servers", "server:grace/lab", "--world", world];

        Assert.Contains("user:ada \e[32mmay\e[0m: servers on server:grace/lab", (await HubTool.RunOnTerminalAsync("xterm", question)).Output, StringComparison.Ordinal);
        Assert.Contains("user:ada may: servers on server:grace/lab", (await HubTool.RunOnTerminalAsync("dumb", question)).Output, StringComparison.Ordinal);
    }

    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static async Task<string> Succeed(params string[] arguments)
    {
        var result = await HubTool.RunAsync(["scopes", .. arguments]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result.Output;
    }

    private static async Task<string> Refuse(params string[] arguments)
    {
        var result = await HubTool.RunAsync(["scopes", .. arguments]);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        return result.Error;
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, content);
        return path;
    }
}
