using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Proxy.Tests.Standalone;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.ChpClient;

/// <summary>A proxy that somebody else runs, as the hub watches it.</summary>
public sealed class ExternalProxyTests
{
    private static readonly ProxyRoute Ada = Route("/user/ada/");

    [Fact]
    public async Task A_route_that_is_added_before_the_loss_of_the_others_was_noticed_does_not_hide_it()
    {
        await using var proxy = await StandaloneHost.StartAsync();
        await using var run = new ProxyRun("somebody");
        run.Settings = run.Settings with { ShouldStart = false, Endpoint = new(proxy.Api.BaseAddress!, StandaloneHost.Token) };
        var time = new FakeTime();
        using var hub = run.NewHub(time);
        var restored = 0;
        await hub.AddRouteAsync(Route("/"), CancellationToken.None);
        await hub.AddRouteAsync(Ada, CancellationToken.None);
        await hub.StartAsync(
            async token =>
            {
                await hub.AddRouteAsync(Ada, token);
                Interlocked.Increment(ref restored);
            },
            CancellationToken.None);

        // As a restart of the proxy does, with the next server started before anybody looked.
        await proxy.DeleteAsync("/");
        await proxy.DeleteAsync("/user/ada");
        await hub.AddRouteAsync(Route("/user/bob/"), CancellationToken.None);
        await Eventually.TrueAsync("the routes to be added again", () =>
        {
            time.Advance(run.Settings.CheckRunningInterval);
            return Volatile.Read(ref restored) == 1;
        });

        await hub.StopAsync(cleanUp: true, CancellationToken.None);
    }

    [Fact]
    public async Task One_that_answers_nobody_is_told_of_once_and_so_is_its_return()
    {
        var silent = false;
        await using var server = RawUpstream.Start(async (_, stream) =>
        {
            if (Volatile.Read(ref silent))
            {
                await stream.CopyToAsync(Stream.Null);
                return;
            }

            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 55\r\nConnection: close\r\n\r\n{\"/\":{\"target\":\"http://127.0.0.1:9\",\"jupyterhub\":true}}"u8.ToArray());
        });
        await using var run = new ProxyRun("somebody");
        run.Settings = run.Settings with { ShouldStart = false, Endpoint = new(server.Url, ProxyRun.Token), CheckRunningInterval = TimeSpan.FromSeconds(5) };
        var time = new FakeTime();
        using var hub = run.NewHub(time);
        await hub.StartAsync(_ => Task.CompletedTask, CancellationToken.None);
        Volatile.Write(ref silent, true);
        await PassAsync(time, () => Told(run, 5113) == 1);
        Volatile.Write(ref silent, false);
        await PassAsync(time, () => Told(run, 5098) == 1);

        await hub.StopAsync(cleanUp: true, CancellationToken.None);
        Assert.Equal((1, 0), (Told(run, 5113), Told(run, 5112)));
    }

    private static int Told(ProxyRun run, int id) => run.Log.Lines.Count(line => line.StartsWith($"{id} ", StringComparison.Ordinal));

    private static Task PassAsync(FakeTime time, Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        time.Advance(TimeSpan.FromSeconds(1));
        return condition();
    });

    private static ProxyRoute Route(string routespec) => new(routespec, new Uri("http://127.0.0.1:4711"), new() { ["note"] = "of this test" });
}
