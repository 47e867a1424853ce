using System.Diagnostics;
using System.Net.Sockets;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;

namespace JupyterHub.IntegrationTests.Workspaces;

/// <summary>The workspace as a program: what it needs, what it says, how it ends.</summary>
public sealed class WorkspaceStartTests
{
    private static readonly int Port = FreePort.Find();

    [Theory]
    [InlineData("JUPYTERHUB_API_TOKEN", null)]
    [InlineData("JUPYTERHUB_CLIENT_ID", "")]
    [InlineData("JUPYTERHUB_API_URL", "not an address")]
    [InlineData("JUPYTERHUB_SERVICE_URL", null)]
    [InlineData("JUPYTERHUB_SERVICE_URL", "http://127.0.0.1/user/ada/")]
    [InlineData("JUPYTERHUB_SERVICE_URL", "ftp://127.0.0.1:99/")]
    [InlineData("JUPYTERHUB_SERVICE_PREFIX", "user/ada")]
    [InlineData("JUPYTERHUB_OAUTH_ACCESS_SCOPES", "[]")]
    [InlineData("JUPYTERHUB_OAUTH_ACCESS_SCOPES", "{")]
    [InlineData("JUPYTERHUB_OAUTH_CALLBACK_URL", "/elsewhere/oauth_callback")]
    [InlineData("JUPYTERHUB_ACTIVITY_INTERVAL", "soon")]
    public async Task What_is_missing_or_wrong_is_named_in_one_line(string name, string? value)
    {
        using var workspace = Start(name, value);

        Assert.Equal(1, await workspace.WaitForExitAsync());

        Assert.Contains(name, Assert.Single(workspace.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task It_listens_where_it_is_told_and_ends_when_asked(string signal)
    {
        using var workspace = Start();
        using var http = new HttpClient();
        await Eventually.TrueAsync("the workspace answers", async () =>
        {
            Assert.False(workspace.HasExited, workspace.Output);
            try
            {
                return (await http.GetStringAsync(new Uri($"http://127.0.0.1:{Port}/user/a%40b%20c/api"))).Contains("6.0.0", StringComparison.Ordinal);
            }
            catch (Exception problem) when (problem is HttpRequestException or SocketException)
            {
                return false;
            }
        });
        using var outside = await http.GetAsync(new Uri($"http://127.0.0.1:{Port}/user/A%40B%20C/api"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, outside.StatusCode);

        using var kill = Process.Start("kill", [$"-{signal}", $"{workspace.Id}"]);

        Assert.Equal(0, await workspace.WaitForExitAsync());
    }

    [Fact]
    public async Task A_taken_port_is_one_line_too()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        using var workspace = Start("JUPYTERHUB_SERVICE_URL", $"http://{listener.LocalEndpoint}/user/a@b%20c/");

        Assert.Equal(1, await workspace.WaitForExitAsync());

        Assert.Single(workspace.Errors);
    }

    private static ServerProcess Start(string? name = null, string? value = null)
    {
        var start = new ProcessStartInfo(Programs.Dotnet, [Programs.Workspace]);
        var variables = new Dictionary<string, string?>
        {
            ["JUPYTERHUB_API_TOKEN"] = "0123456789abcdef0123456789abcdef",
            ["JUPYTERHUB_CLIENT_ID"] = "jupyterhub-user-a%40b%20c",
            ["JUPYTERHUB_API_URL"] = $"http://127.0.0.1:{FreePort.Find()}/hub/api",
            ["JUPYTERHUB_SERVICE_URL"] = $"http://127.0.0.1:{Port}/user/a@b%20c/",
            ["JUPYTERHUB_SERVICE_PREFIX"] = "/user/a@b%20c/",
            ["JUPYTERHUB_OAUTH_ACCESS_SCOPES"] = """["access:servers!server=a@b c/","access:servers!user=a@b c"]""",
            ["JUPYTERHUB_USER"] = "a@b c",
        };
        if (name is not null)
        {
            variables[name] = value;
        }

        foreach (var (key, text) in variables)
        {
            start.Environment[key] = text;
        }

        return new ServerProcess(start);
    }
}
