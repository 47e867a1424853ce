using JupyterHub.Testing;

namespace JupyterHub.Cli.Tests.Scopes;

public sealed class ConfiguredScopesTests : IDisposable
{
    private const string Configuration = """
        {
          // As a hub reads it: comments and trailing commas may stand here.
          "JupyterHub": {
            "LoadGroups": { "physics": { "Users": ["Grace", "ben"], "Properties": { "quota": 3 } }, "staff": ["ben"] },
            "LoadRoles": [
              { "Name": "culler", "Scopes": ["list:users", "delete:servers"], "Services": ["cull-idle"] },
              { "Name": "helper", "Scopes": ["servers!group=physics", "custom:grades:write"], "Users": ["ADA"] },
            ],
            "CustomScopes": {
              "custom:grades:read": { "Description": "Read grades" },
              "custom:grades:write": { "Description": "Write grades", "Subscopes": ["custom:grades:read"] }
            },
            "Services": [ { "Name": "cull-idle", "ApiToken": { "File": "token" } }, { "Name": "boss", "Admin": true } ],
            "Authenticator": { "Type": "dummy", "AdminUsers": ["root"], "AllowedUsers": ["ada"], "UsernameMap": { "grace": "hopper" } },
            "Spawner": { "Type": "local" }
          }
        }
        """;

    private readonly TestFolder folder = new();
    private readonly string file;

    public ConfiguredScopesTests() => file = Write("hub.json", Configuration);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Is_the_world_after_the_first_start()
    {
        Assert.Equal(
            """
            WHO                BY
            user:hopper        role user of user hopper: self (self > servers > delete:servers), naming the owner
            user:ada           role helper of user ada: servers!group=physics (servers > delete:servers), by membership in physics
            user:root          role admin of user root: admin:servers (admin:servers > servers > delete:servers), for everything
            service:cull-idle  role culler of service cull-idle: delete:servers, for everything
            service:boss       role admin of service boss: admin:servers (admin:servers > servers > delete:servers), for everything

            """,
            (await RunAsync("who-can", "delete:servers", "server:hopper/lab", "--config", file)).Output);
    }

    [Fact]
    public async Task Knows_custom_scopes()
    {
        Assert.Contains("custom:grades:read", (await RunAsync("list", "--config", file)).Output, StringComparison.Ordinal);
        Assert.Equal(
            "user:ada may: custom:grades:read on everything\n  role helper of user ada: custom:grades:write (custom:grades:write > custom:grades:read), for everything\n",
            (await RunAsync("explain", "user:ada", "custom:grades:read", "--config", file)).Output);
    }

    [Fact]
    public async Task People_whom_it_does_not_name_have_the_role_user()
    {
        var result = await RunAsync("explain", "user:zoe", "servers", "server:zoe/", "--config", file);

        Assert.Equal("user:zoe may: servers on server:zoe/\n  role user of user zoe: self (self > servers), naming the owner\n", result.Output);
        Assert.Equal("Note: The configuration does not name user zoe: taken as somebody with the role user and without groups.\n", result.Error);
    }

    [Fact]
    public async Task Compares_configurations_for_those_too_whom_they_do_not_name()
    {
        var after = Write("after.json", Configuration
            .Replace(", \"ben\"", "", StringComparison.Ordinal)
            .Replace("\"CustomScopes\"", "\"ExtraUserScopes\": [\"read:hub\"], \"CustomScopes\"", StringComparison.Ordinal)
            .Replace("\"custom:grades:read\": {", "\"custom:more\": { \"Description\": \"More\" }, \"custom:grades:read\": {", StringComparison.Ordinal));

        var result = await RunAsync("diff", "--before", file, "--after", after);

        Assert.Equal(
            """
            user:hopper
              + read:hub
            user:ben
              + read:hub
            user:ada
              + read:hub
              - delete:servers!user=ben
              - read:servers!user=ben
              - read:users:name!user=ben
              - servers!user=ben
              - start:servers!user=ben
            user:(anybody else)
              + read:hub

            """,
            result.Output);
    }

    [Fact]
    public async Task Refuses_to_compare_what_means_something_else()
    {
        var other = Write("other.json", Configuration.Replace("\"Read grades\"", "\"See grades\"", StringComparison.Ordinal));
        var world = Write("world.json", """{"users":{},"groups":[],"services":[],"servers":[],"roles":{},"grants":[]}""");

        Assert.Equal("hub: JupyterHub:CustomScopes: The custom scope 'custom:grades:read' is already defined differently.\n", (await RunAsync("diff", "--before", file, "--after", other)).Error);
        Assert.Equal("hub: --before and --after must be of one kind: two worlds, or two configurations.\n", (await RunAsync("diff", "--before", file, "--after", world)).Error);
    }

    [Theory]
    [InlineData("\"LoadRoles\"", "\"LoadRole\"", "JupyterHub:LoadRole is not a known setting; did you mean LoadRoles? (in {0}).")]
    [InlineData("\"Services\": [\"cull-idle\"]", "\"Service\": [\"cull-idle\"]", "JupyterHub:LoadRoles:0:Service is not a known setting; did you mean Services? (in {0}).")]
    [InlineData("\"Scopes\": [\"list:users\", \"delete:servers\"]", "\"Scopes\": \"list:users\"", "JupyterHub:LoadRoles:0:Scopes must be a list of texts, but is a text (in {0}).")]
    [InlineData("\"list:users\"", "7", "JupyterHub:LoadRoles:0:Scopes:0 must be a text, but is a number (in {0}).")]
    [InlineData("\"Name\": \"culler\", ", "", "JupyterHub:LoadRoles:0:Name is missing (in {0}).")]
    [InlineData("\"Admin\": true", "\"Admin\": \"yes\"", "JupyterHub:Services:1:Admin must be true or false, but is a text (in {0}).")]
    [InlineData("\"custom:grades:read\": {", "\"custom:grades:write\": {", "JupyterHub:CustomScopes:custom:grades:write is given twice (in {0}).")]
    [InlineData("\"Authenticator\": {", "\"AdminUsers\": [], \"Authenticator\": {", "JupyterHub:AdminUsers is given in the section of the authenticator, too; keep one of both (in {0}).")]
    [InlineData("\"list:users\"", "\"list:user\"", "{0}: JupyterHub:LoadRoles: Role 'culler' cannot be used: Scope 'list:user' does not exist; did you mean 'list:users'?")]
    [InlineData("\"Services\": [\"cull-idle\"]", "\"Services\": [\"cul-idle\"]", "{0}: JupyterHub:LoadRoles: Role 'culler' names the service 'cul-idle', which is not defined; define it among the services first.")]
    [InlineData("\"JupyterHub\": {", "\"Jupyter\": {", "{0}: has no section JupyterHub.")]
    public async Task What_is_wrong_is_named_by_its_key(string from, string to, string error)
    {
        var wrong = Write("wrong.json", Configuration.Replace(from, to, StringComparison.Ordinal));

        var result = await RunAsync("who-can", "servers", "--config", wrong);

        Assert.Equal((1, "", $"hub: {string.Format(null, error, wrong)}\n"), (result.ExitCode, result.Output, result.Error));
    }

    private static Task<ToolResult> RunAsync(params string[] arguments) => HubTool.RunAsync(["scopes", .. arguments]);

    private string Write(string name, string content)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, content);
        return path;
    }
}
