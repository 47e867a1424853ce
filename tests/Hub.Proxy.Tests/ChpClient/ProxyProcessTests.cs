using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Processes;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.ChpClient;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.ChpClient;

/// <summary>A proxy that the hub starts, as the real program.</summary>
public sealed class ProxyProcessTests
{
    private const int SignalThatHalts = 19;

    public static TheoryData<string> Programs => ProxyPrograms.All;

    [Theory]
    [InlineData("", true)]
    [InlineData(" --no-x-forward", false)]
    public async Task Its_word_about_clients_counts_only_where_it_is_its_own(string option, bool counts)
    {
        await using var run = new ProxyRun(ProxyPrograms.ConfigurableHttpProxy + option);
        using var hub = run.NewHub();
        Assert.Equal(counts, hub.DescribesClients);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task It_has_the_routes_that_it_was_given(string program)
    {
        await using var run = new ProxyRun(program);
        using var hub = run.NewHub();
        await hub.StartAsync(Nothing, CancellationToken.None);
        ProxyRoute[] routes =
        [
            Route("/"), Route("/user/ada/"), Route("/user/a%20b/"), Route("/user/%C3%BC@x~y/"), Route("/user/a+b%25/l-a_b.c/"), Route("/user/%2E%2Ex/"), Route("/user/%27%22/"),
        ];
        foreach (var route in routes)
        {
            await hub.AddRouteAsync(route, CancellationToken.None);
        }

        var found = await hub.GetRoutesAsync(CancellationToken.None);
        Assert.Equal(
            routes.Select(route => Uri.UnescapeDataString(route.Routespec)).Order(StringComparer.Ordinal),
            found.Select(route => Uri.UnescapeDataString(route.Routespec)).Order(StringComparer.Ordinal));
        Assert.All(found, route => Assert.Equal(routes[0].Target, route.Target));
        Assert.All(found, route => Assert.Equal("""{"note":"of this test"}""", route.Data.ToJsonString()));
        Assert.All(found, route => Assert.InRange(route.LastActivity!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5)));
        foreach (var route in found)
        {
            Assert.True(await hub.RemoveRouteAsync(route.Routespec, CancellationToken.None), route.Routespec);
            Assert.False(await hub.RemoveRouteAsync(route.Routespec, CancellationToken.None), route.Routespec);
        }

        Assert.Empty(await hub.GetRoutesAsync(CancellationToken.None));
        await hub.StopAsync(cleanUp: true, CancellationToken.None);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Secrets_are_in_its_environment_alone(string program)
    {
        Environment.SetEnvironmentVariable("JUPYTERHUB_CRYPT_KEY", "a-secret-of-the-hub");
        await using var run = new ProxyRun(program);
        using var hub = run.NewHub();
        await hub.StartAsync(Nothing, CancellationToken.None);
        Assert.DoesNotContain(ProxyRun.Token, ProxyRun.ReadOf(run.Pid, "cmdline"), StringComparison.Ordinal);
        Assert.Contains($"CONFIGPROXY_AUTH_TOKEN={ProxyRun.Token}\0", ProxyRun.ReadOf(run.Pid, "environ"), StringComparison.Ordinal);
        Assert.DoesNotContain("JUPYTERHUB_CRYPT_KEY", ProxyRun.ReadOf(run.Pid, "environ"), StringComparison.Ordinal);
        Assert.Contains("Umask:\t0007", ProxyRun.ReadOf(run.Pid, "status"), StringComparison.Ordinal);
        await hub.StopAsync(cleanUp: true, CancellationToken.None);
        Assert.All(run.Log.Lines, line => Assert.DoesNotContain(ProxyRun.Token, line, StringComparison.Ordinal));
        Assert.DoesNotContain(ProxyRun.Token, await File.ReadAllTextAsync(Path.Combine(run.DataFolder, "logs", "proxy.log")), StringComparison.Ordinal);
        Assert.False(File.Exists(run.Settings.PidFile));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task One_that_ends_while_it_is_given_its_routes_is_followed_by_another_that_gets_them_all(string program)
    {
        await using var run = new ProxyRun(program);
        using var hub = run.NewHub();
        var (rounds, cancelled) = (0, new TaskCompletionSource());
        await hub.StartAsync(
            async token =>
            {
                if (Interlocked.Increment(ref rounds) == 1)
                {
                    using var told = token.Register(cancelled.SetResult);
                    await Task.Delay(Timeout.Infinite, token);
                }

                await hub.AddRouteAsync(Route("/user/ada/"), token);
            },
            CancellationToken.None);
        var first = run.Pid;
        Signals.Send(first, Signals.Kill);
        await Eventually.TrueAsync("routes are given to the second", () => Volatile.Read(ref rounds) == 1);
        var second = run.Pid;
        Signals.Send(second, Signals.Kill);
        await cancelled.Task.WaitAsync(Eventually.Deadline);
        await Eventually.TrueAsync("the third has them", () => Volatile.Read(ref rounds) == 2 && run.Pid != second);
        await Eventually.TrueAsync("its route", async () => (await hub.GetRoutesAsync(CancellationToken.None)).Count == 1);
        Assert.Equal(3, new[] { first, second, run.Pid }.Distinct().Count());
        await hub.StopAsync(cleanUp: true, CancellationToken.None);
    }

    [Fact]
    public async Task One_that_takes_another_token_is_not_waited_for()
    {
        await using var run = new ProxyRun("env CONFIGPROXY_AUTH_TOKEN=another " + ProxyPrograms.HubProxy);
        using var hub = run.NewHub();
        var refusal = await Assert.ThrowsAsync<HubStartupException>(() => hub.StartAsync(Nothing, CancellationToken.None));
        Assert.Contains("refuses the hub's token", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("JupyterHub:Proxy:AuthToken", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ProxyRun.Token, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>configurable-http-proxy has it from 5.2 on.</summary>
    [Fact]
    public async Task Its_API_may_be_a_Unix_socket()
    {
        await using var run = new ProxyRun(ProxyPrograms.HubProxy);
        var path = Path.Combine(run.DataFolder, "api.sock");
        var url = $"http+unix://{Uri.EscapeDataString(path)}";
        run.Settings = run.Settings with { Endpoint = ChpEndpoint.ReadSocket(url, ProxyRun.Token)! };
        using var hub = run.NewHub();
        await hub.StartAsync(Nothing, CancellationToken.None);
        await hub.AddRouteAsync(Route("/user/ada/"), CancellationToken.None);

        // The same for a hub that somebody else has started the proxy for.
        run.Settings = run.Settings with { ShouldStart = false };
        using var other = run.NewHub();
        await other.StartAsync(Nothing, CancellationToken.None);
        Assert.Equal("/user/ada/", Assert.Single(await other.GetRoutesAsync(CancellationToken.None)).Routespec);
        await other.ChangeAsync(url, null, CancellationToken.None);
        await Assert.ThrowsAsync<ProxyChangeException>(() => other.ChangeAsync(url + "x", null, CancellationToken.None));
        await Assert.ThrowsAsync<ProxyChangeException>(() => other.ChangeAsync("http+unix://relative", null, CancellationToken.None));
        await other.StopAsync(cleanUp: true, CancellationToken.None);

        // Killed, it leaves its socket behind.
        var pid = run.Pid;
        Signals.Send(pid, Signals.Kill);
        await Eventually.TrueAsync("another runs", () => run.Pid != 0 && run.Pid != pid);
        await Eventually.TrueAsync("its route", async () => (await hub.GetRoutesAsync(CancellationToken.None)).Count == 1);
        await hub.StopAsync(cleanUp: true, CancellationToken.None);
        Assert.Equal(0, run.Pid);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task One_that_runs_but_answers_nobody_is_ended_and_followed_by_another(string program)
    {
        await using var run = new ProxyRun(program);
        run.Settings = run.Settings with { SilencePatience = TimeSpan.FromSeconds(3) };
        using var hub = run.NewHub();
        await hub.StartAsync(token => hub.AddRouteAsync(Route("/user/ada/"), token), CancellationToken.None);
        var hung = run.Pid;

        // Its sockets are there, and nobody behind them.
        Signals.Send(hung, SignalThatHalts);
        await Eventually.TrueAsync("another runs", () => run.Pid != 0 && run.Pid != hung);

        Assert.False(ProxyRun.IsAlive(hung));
        Assert.Contains(run.Log.Lines, line => line.Contains($"Proxy {hung} runs, but its API has not answered", StringComparison.Ordinal));
        await Eventually.TrueAsync("its route", () => run.Log.Lines.Any(line => line.Contains("has all routes again", StringComparison.Ordinal)));
        await hub.StopAsync(cleanUp: true, CancellationToken.None);
        Assert.Equal(0, run.Pid);
    }

    [Fact]
    public async Task A_pid_file_that_cannot_be_removed_does_not_end_the_watch()
    {
        await using var run = new ProxyRun(ProxyPrograms.ConfigurableHttpProxy);
        using var hub = run.NewHub();
        await hub.StartAsync(Nothing, CancellationToken.None);
        var pid = run.Pid;
        File.Delete(run.Settings.PidFile);
        Directory.CreateDirectory(Path.Combine(run.Settings.PidFile, "in-the-way"));
        Signals.Send(pid, Signals.Kill);
        await Eventually.TrueAsync("its end to be noticed", () => !ProxyRun.IsAlive(pid) && run.Log.Lines.Any(line => line.Contains("could not be", StringComparison.Ordinal)));
        Directory.Delete(run.Settings.PidFile, recursive: true);

        await Eventually.TrueAsync("another runs", () => run.Pid != 0 && run.Pid != pid);

        await hub.StopAsync(cleanUp: true, CancellationToken.None);
        Assert.Equal(0, run.Pid);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task One_that_was_left_running_is_used_again_with_its_routes(string program)
    {
        await using var run = new ProxyRun(program);
        int pid;
        using (var hub = run.NewHub())
        {
            await hub.StartAsync(Nothing, CancellationToken.None);
            pid = run.Pid;
            await hub.AddRouteAsync(Route("/user/ada/"), CancellationToken.None);
            await hub.StopAsync(cleanUp: false, CancellationToken.None);
        }

        Assert.True(ProxyRun.IsAlive(pid));
        using var next = run.NewHub();
        await next.StartAsync(Nothing, CancellationToken.None);
        Assert.Equal(pid, run.Pid);
        Assert.Equal("/user/ada/", Assert.Single(await next.GetRoutesAsync(CancellationToken.None)).Routespec);

        // It is watched like one of its own.
        Signals.Send(pid, Signals.Kill);
        await Eventually.TrueAsync("another runs", () => run.Pid != 0 && run.Pid != pid);
        var remembered = program == ProxyPrograms.HubProxy ? 1 : 0;
        Assert.Equal(remembered == 1, File.Exists(Path.Combine(run.DataFolder, $"hub-proxy-{run.Settings.PublicUrl!.Port}.journal")));
        await Eventually.TrueAsync("it answers", async () => (await next.GetRoutesAsync(CancellationToken.None)).Count == remembered);
        await next.StopAsync(cleanUp: true, CancellationToken.None);
        Assert.Equal(0, run.Pid);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task One_that_was_left_but_is_not_as_it_should_be_is_ended(string program)
    {
        await using var run = new ProxyRun(program);
        using (var hub = run.NewHub())
        {
            await hub.StartAsync(Nothing, CancellationToken.None);
            await hub.StopAsync(cleanUp: false, CancellationToken.None);
        }

        var stale = run.Pid;
        run.Settings = run.Settings with { Endpoint = run.Settings.Endpoint with { Token = "another-token" } };
        using var next = run.NewHub();
        await next.StartAsync(Nothing, CancellationToken.None);
        var fresh = run.Pid;
        Assert.NotEqual(stale, fresh);
        Assert.False(ProxyRun.IsAlive(stale));
        Assert.Empty(await next.GetRoutesAsync(CancellationToken.None));
        await next.StopAsync(cleanUp: false, CancellationToken.None);

        run.Settings = run.Settings with { LogLevel = "warn" };
        using var third = run.NewHub();
        await third.StartAsync(Nothing, CancellationToken.None);
        Assert.False(ProxyRun.IsAlive(fresh));
        await third.StopAsync(cleanUp: true, CancellationToken.None);
    }

    [Fact]
    public async Task Another_process_with_the_pid_of_an_old_file_is_left_alone()
    {
        await using var run = new ProxyRun(ProxyPrograms.ConfigurableHttpProxy);
        using var other = Process.Start("/bin/sleep", "600");
        try
        {
            var identity = ProcessIdentity.Of(other.Id)!;
            new ChpRecord(identity with { StartTime = identity.StartTime - 1 }, "", null).Save(run.Settings.PidFile);
            await StartAndStopAsync(run);

            // As the original writes it.
            await File.WriteAllTextAsync(run.Settings.PidFile, other.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await StartAndStopAsync(run);
            Assert.False(other.HasExited);
        }
        finally
        {
            other.Kill();
        }
    }

    [UnsupportedOSPlatform("windows")]
    [Fact]
    public async Task A_pid_file_that_others_may_have_written_is_told_and_nothing_that_it_names_is_ended()
    {
        await using var run = new ProxyRun(ProxyPrograms.ConfigurableHttpProxy);
        using var other = Process.Start("/bin/sleep", "600");
        try
        {
            new ChpRecord(ProcessIdentity.Of(other.Id)!, "", null).Save(run.Settings.PidFile);
            var mode = File.GetUnixFileMode(run.DataFolder);
            File.SetUnixFileMode(run.DataFolder, mode | UnixFileMode.GroupWrite);
            using var hub = run.NewHub();
            await hub.StartAsync(Nothing, CancellationToken.None);
            File.SetUnixFileMode(run.DataFolder, mode);
            Assert.False(other.HasExited);
            Assert.True(ProxyRun.IsAlive(run.Pid));
            await hub.StopAsync(cleanUp: true, CancellationToken.None);
            Assert.Contains(run.Log.Lines, line => line.Contains("its group may write to the folder", StringComparison.Ordinal) && line.Contains("JupyterHub:Proxy:PidFile", StringComparison.Ordinal));
        }
        finally
        {
            other.Kill();
        }
    }

    [Fact]
    public async Task The_proxy_of_a_hub_that_runs_is_not_taken_from_it()
    {
        await using var run = new ProxyRun(ProxyPrograms.ConfigurableHttpProxy);
        using var other = Process.Start("/bin/sleep", "600");
        try
        {
            using var hub = run.NewHub();
            await hub.StartAsync(Nothing, CancellationToken.None);
            var record = ChpRecord.Read(run.Settings.PidFile)!;
            (record with { Owner = ProcessIdentity.Of(other.Id) }).Save(run.Settings.PidFile);
            using var second = run.NewHub();
            var problem = await Assert.ThrowsAsync<HubStartupException>(() => second.StartAsync(Nothing, CancellationToken.None));
            Assert.Contains("JupyterHub:Proxy:ShouldStart", problem.Message, StringComparison.Ordinal);
            Assert.True(ProxyRun.IsAlive(record.Process.Pid));
            await hub.StopAsync(cleanUp: true, CancellationToken.None);
        }
        finally
        {
            other.Kill();
        }
    }

    [Theory]
    [InlineData("no-such-proxy", "no-such-proxy")]
    [InlineData("/bin/false", "ended as soon as")]
    public async Task A_program_that_cannot_be_it_is_told(string program, string told)
    {
        await using var run = new ProxyRun(program);
        using var hub = run.NewHub();
        var problem = await Assert.ThrowsAsync<HubStartupException>(() => hub.StartAsync(Nothing, CancellationToken.None));
        Assert.Contains(told, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
        await hub.StopAsync(cleanUp: true, CancellationToken.None);
        Assert.Equal(0, run.Pid);
    }

    [Fact]
    public async Task What_it_prints_before_it_ends_is_told_without_its_token()
    {
        await using var run = new ProxyRun("/bin/sh");
        run.Settings = run.Settings with { Command = ["/bin/sh", "-c", "env; echo broken; exit 3"] };
        using var hub = run.NewHub();
        var problem = await Assert.ThrowsAsync<HubStartupException>(() => hub.StartAsync(Nothing, CancellationToken.None));
        Assert.Contains("broken", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ProxyRun.Token, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_never_listens_is_ended()
    {
        await using var run = new ProxyRun("/bin/sleep");
        run.Settings = run.Settings with { Command = ["/bin/sh", "-c", "exec sleep 600"] };
        var time = new FakeTime();
        using var hub = run.NewHub(time);
        var start = hub.StartAsync(Nothing, CancellationToken.None);
        await Eventually.TrueAsync("it runs", () => run.Pid != 0);
        var pid = run.Pid;
        var problem = await Assert.ThrowsAsync<HubStartupException>(() => time.ThroughAsync(start));
        Assert.Contains("did not listen within 60 seconds", problem.Message, StringComparison.Ordinal);
        Assert.False(ProxyRun.IsAlive(pid));
    }

    [Fact]
    public async Task A_hub_that_stops_while_its_proxy_starts_leaves_none()
    {
        await using var run = new ProxyRun("/bin/sleep");
        run.Settings = run.Settings with { Command = ["/bin/sh", "-c", "trap '' TERM; while :; do sleep 600; done"] };
        using var hub = run.NewHub();
        using var stopping = new CancellationTokenSource();
        var start = hub.StartAsync(Nothing, stopping.Token);
        await Eventually.TrueAsync("it runs", () => run.Pid != 0);
        var pid = run.Pid;
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start.WaitAsync(Eventually.Deadline));
        Assert.False(ProxyRun.IsAlive(pid));
        await hub.StopAsync(cleanUp: true, CancellationToken.None);
    }

    [Theory]
    [InlineData(false, "JupyterHub:BindUrl")]
    [InlineData(true, "JupyterHub:Proxy:ApiUrl")]
    public async Task An_address_of_another_program_is_told(bool api, string setting)
    {
        await using var run = new ProxyRun(ProxyPrograms.ConfigurableHttpProxy);
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, (api ? run.Settings.Endpoint.ApiUrl : run.Settings.PublicUrl!).Port);
        taken.Start();
        using var hub = run.NewHub();
        var problem = await Assert.ThrowsAsync<HubStartupException>(() => hub.StartAsync(Nothing, CancellationToken.None));
        Assert.Contains($"({setting}): another program listens there already", problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, run.Pid);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_at_the_path_of_the_API_s_socket_is_left_alone(bool isLink)
    {
        await using var run = new ProxyRun(ProxyPrograms.HubProxy);
        var (file, path) = (Path.Combine(run.DataFolder, "precious"), Path.Combine(run.DataFolder, "mistyped"));
        await File.WriteAllTextAsync(isLink ? file : path, "");
        if (isLink)
        {
            File.CreateSymbolicLink(path, file);
        }

        run.Settings = run.Settings with { Endpoint = ChpEndpoint.AtSocket(path, ProxyRun.Token) };
        using var hub = run.NewHub();
        var problem = await Assert.ThrowsAsync<HubStartupException>(() => hub.StartAsync(Nothing, CancellationToken.None));
        Assert.Contains("(JupyterHub:Proxy:ApiUrl): there is something already that is no socket", problem.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
        await hub.StopAsync(cleanUp: true, CancellationToken.None);
    }

    private static async Task StartAndStopAsync(ProxyRun run)
    {
        using var hub = run.NewHub();
        await hub.StartAsync(Nothing, CancellationToken.None);
        Assert.True(ProxyRun.IsAlive(run.Pid));
        await hub.StopAsync(cleanUp: true, CancellationToken.None);
    }

    private static Task Nothing(CancellationToken cancellationToken) => Task.CompletedTask;

    private static ProxyRoute Route(string routespec) => new(routespec, new Uri("http://127.0.0.1:4711"), new() { ["note"] = "of this test" });
}
