using JupyterHub.Core.Addressing;
using JupyterHub.Testing;
using Supervised = JupyterHub.Core.Tests.Servers.Hub;

namespace JupyterHub.Spawners.Tests.LocalProcess;

public sealed class RealServerTests
{
    private const string Program = "/usr/bin/jupyterhub-singleuser";

    [Fact]
    public async Task The_real_single_user_server_takes_the_environment_and_answers()
    {
        Assert.True(File.Exists(Program), "Install the package jupyterhub, which brings jupyterhub-singleuser.");
        await using var stand = new HubStandIn();
        await using var machine = new Machine();
        machine.Options.Command = [Program, "--allow-root"];
        await using var hub = await Supervised.CreateAsync(real: machine.Simple);
        hub.Addresses.Bind(stand.Url);
        hub.SpawnerOptions.HttpTimeout = Eventually.Deadline.TotalSeconds;

        var failure = await hub.RunAsync();

        Assert.True(failure is null, failure?.Message);
        await Eventually.TrueAsync(
            "the server asks the hub for its version",
            () => stand.Requests.Select(request => request.Replace("/hub/api/ ", "/hub/api ", StringComparison.Ordinal)).Contains("GET /hub/api HTTP/1.1"));
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseProxy = false });
        using var page = await client.GetAsync(new Uri(hub.Status().Url!, "/user/ada/view/x"));
        // Somebody unknown is sent to the hub to sign in, with the client that the hub made for this server.
        Assert.Equal(302, (int)page.StatusCode);
        var target = page.Headers.Location!.OriginalString;
        Assert.StartsWith("/hub/api/oauth2/authorize?client_id=jupyterhub-user-ada&redirect_uri=%2Fuser%2Fada%2Foauth_callback", target, StringComparison.Ordinal);

        var pid = (await hub.RowAsync()).State!["pid"]!.GetValue<int>();
        Assert.Null(await hub.StopAsync());
        Assert.False(Machine.Lives(pid));
        await hub.AssertNothingLeftAsync();
    }
}
