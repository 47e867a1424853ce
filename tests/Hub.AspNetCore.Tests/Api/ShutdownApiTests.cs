using JupyterHub.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Ending the hub over the API (contract 2.1, 16).</summary>
public sealed class ShutdownApiTests
{
    [Theory]
    [InlineData("""{"proxy":"x"}""", "proxy must be true or false, got \"x\"")]
    [InlineData("""{"servers":1}""", "servers must be true or false, got 1")]
    [InlineData("""{"servers":null}""", "servers must be true or false, got null")]
    [InlineData("""{"servers":[[]]}""", "servers must be true or false, got [[]]")]
    [InlineData("[]", "Body must be a JSON object")]
    public async Task Values_that_are_no_booleans_are_refused(string body, string message)
    {
        await using var host = await StartOwnerAsync();
        var token = await host.Data.ServiceTokenAsync("operator", "shutdown");
        using var answer = await host.SendAsync("POST", "/hub/api/shutdown", token, Answers.Json(body));

        Assert.Equal(message, await answer.ApiErrorAsync(400));
        Assert.False(host.Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("""{"servers":false}""", true, false)]
    [InlineData("""{"servers":true,"proxy":false}""", false, true)]
    public async Task The_answer_comes_before_the_end_and_servers_stop_as_asked(string body, bool configured, bool stops)
    {
        await using var host = await StartOwnerAsync(configured);
        await host.Data.UserAsync("ada");
        await host.StartServerAsync("ada");
        var state = (await host.Data.ListAsync<Core.Servers.HubSpawner>()).Single().State!;
        using var process = System.Diagnostics.Process.GetProcessById((int)state["pid"]!);
        try
        {
            var token = await host.Data.ServiceTokenAsync("operator", "shutdown");
            using var answer = await host.SendAsync("POST", "/hub/api/shutdown", token, body.Length == 0 ? null : Answers.Json(body));
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            Assert.Equal("""{"message":"Shutting down Hub"}""", await answer.TextAsync());

            await host.App.WaitForShutdownAsync().WaitAsync(Eventually.Deadline);
            Assert.Equal(stops, process.HasExited);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task A_hub_that_is_part_of_another_application_leaves_that_alone()
    {
        await using var host = await HubHost.StartAsync();
        var token = await host.Data.ServiceTokenAsync("operator", "shutdown");
        using var answer = await host.SendAsync("POST", "/hub/api/shutdown", token);

        Assert.Equal("This hub is part of another application, and is stopped together with it.", await answer.ApiErrorAsync(409));
        Assert.False(host.Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        Assert.Null(host.Get<ShutdownRequest>().CleanupServers);
    }

    private static Task<HubHost> StartOwnerAsync(bool cleanupServers = true) => HubHost.StartAsync(setup =>
    {
        setup.Hub = hub => (hub.BindUrl, hub.CleanupServers) = ("http://127.0.0.1:0", cleanupServers);
        setup.LateServices = builder => builder.Services.AddJupyterHub().ListenOnBindUrl();
    });
}
