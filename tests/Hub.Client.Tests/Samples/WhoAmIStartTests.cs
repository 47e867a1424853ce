using System.Diagnostics;
using System.Net.Sockets;
using JupyterHub.Client.Tests.Fixtures;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;

namespace JupyterHub.Client.Tests.Samples;

/// <summary>The sample as a program: what it needs, what it says, how it ends.</summary>
public sealed class WhoAmIStartTests
{
    [Theory]
    [InlineData("JUPYTERHUB_API_TOKEN")]
    [InlineData("JUPYTERHUB_CLIENT_ID")]
    [InlineData("JUPYTERHUB_SERVICE_URL")]
    public async Task What_is_missing_is_one_line(string name)
    {
        using var program = Start(FreePort.Find(), name);

        Assert.Equal(1, await program.WaitForExitAsync());

        Assert.Contains(name, Assert.Single(program.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_runs_until_it_is_told_to_stop()
    {
        var port = FreePort.Find();
        using var program = Start(port, null);
        using var http = new HttpClient();
        await Eventually.TrueAsync("the service answers", async () =>
        {
            Assert.False(program.HasExited, program.Output);
            try
            {
                return await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/services/whoami/health")) == "well";
            }
            catch (Exception problem) when (problem is HttpRequestException or SocketException)
            {
                return false;
            }
        });

        Assert.Equal(0, await program.TerminateAsync());
    }

    private static ServerProcess Start(int port, string? without)
    {
        var start = new ProcessStartInfo(Programs.Dotnet, [OriginalServices.WhoAmI]);
        start.Environment["JUPYTERHUB_API_TOKEN"] = "0123456789abcdef";
        start.Environment["JUPYTERHUB_CLIENT_ID"] = "service-whoami";
        start.Environment["JUPYTERHUB_API_URL"] = $"http://127.0.0.1:{FreePort.Find()}/hub/api";
        start.Environment["JUPYTERHUB_SERVICE_NAME"] = "whoami";
        start.Environment["JUPYTERHUB_SERVICE_PREFIX"] = "/services/whoami/";
        start.Environment["JUPYTERHUB_SERVICE_URL"] = $"http://127.0.0.1:{port}";
        if (without is not null)
        {
            start.Environment.Remove(without);
        }

        return new ServerProcess(start);
    }
}
