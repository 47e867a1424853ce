using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using JupyterHub.Cli.Proxy;
using JupyterHub.Testing;

namespace JupyterHub.Cli.Tests.Proxy;

public sealed class ProxyCommandTests
{
    /// <summary>No server of names is asked for one with a part of more than 63 letters (RFC 1035 2.3.4).</summary>
    private const string NoName = "a-name-that-is-longer-than-the-sixty-three-letters-which-one-part-may-have.example";

    private const string LongPath = "/tmp/a-path-that-is-longer-than-the-hundred-and-eight-bytes-that-the-system-has-for-the-name-of-a-unix-socket/x.sock";

    private static readonly Dictionary<string, string?> WithToken = new() { ["CONFIGPROXY_AUTH_TOKEN"] = "t0ken" };

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_token_it_does_not_start(string? token)
    {
        var result = await HubTool.RunAsync(["proxy", "--port", "0"], "", new Dictionary<string, string?> { ["CONFIGPROXY_AUTH_TOKEN"] = token });

        Assert.Equal((1, "", "hub proxy: CONFIGPROXY_AUTH_TOKEN is not set: without it anybody could change the routes.\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Theory]
    [InlineData("--port", "eighty")]
    [InlineData("--port", "65536")]
    [InlineData("--port", "-1")]
    [InlineData("--api-port", "80.0")]
    [InlineData("--metrics-port", "x")]
    [InlineData("--timeout", "1s")]
    [InlineData("--proxy-timeout", "-5")]
    [InlineData("--keep-alive-timeout", "99999999999")]
    [InlineData("--max-routes", "0")]
    [InlineData("--log-level", "loud")]
    [InlineData("--default-target", "nowhere")]
    [InlineData("--default-target", "http://ada:s3cret@127.0.0.1")]
    [InlineData("--error-target", "ftp://127.0.0.1")]
    [InlineData("--error-path", "/no/such/folder")]
    [InlineData("--ssl-key", "/no/such/file")]
    [InlineData("--ssl-ca", "/no/such/file")]
    [InlineData("--client-ssl-ca", "/no/such/file")]
    [InlineData("--redirect-port", "80")]
    [InlineData("--protocol-rewrite", "gopher")]
    [InlineData("--custom-header", "no colon")]
    [InlineData("--custom-header", "a: b\nc: d")]
    [InlineData("--custom-header", "Host: evil")]
    [InlineData("--custom-header", "a: b", "--custom-header", "A: c")]
    [InlineData("--storage-backend", "redis")]
    [InlineData("--ssl-dhparam", "file")]
    [InlineData("--ssl-allow-rc4")]
    [InlineData("--ssl-request-cert")]
    [InlineData("--journal", "")]
    [InlineData("--pid-file", "/no/such/folder/pid")]
    [InlineData("--socket", "/tmp/x", "--port", "1")]
    [InlineData("--socket", LongPath)]
    [InlineData("--api-socket", LongPath)]
    [InlineData("--no-journal", "--journal", "x")]
    public async Task What_cannot_be_followed_is_one_line_that_names_the_option_and_exit_code_2(params string[] options)
    {
        string[] arguments =
        [
            "proxy", .. options,
            .. options.Contains("--port") || options.Contains("--socket") ? Array.Empty<string>() : ["--port", "0"],
            .. options.Contains("--api-port") || options.Contains("--api-socket") ? Array.Empty<string>() : ["--api-port", "0"],
        ];

        var result = await HubTool.RunAsync(arguments, "", WithToken);

        Assert.Equal((2, 1), (result.ExitCode, result.Error.Count(character => character == '\n')));
        Assert.StartsWith($"hub proxy: {options[0]}: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--trusted-downstream-ips", "somewhere")]
    public async Task What_turns_out_wrong_later_is_exit_code_1(string option, string value)
    {
        var result = await HubTool.RunAsync(["proxy", "--port=0", $"{option}={value}"], "", WithToken);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"hub proxy: {option}: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_exit_code_1()
    {
        var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var result = await HubTool.RunAsync(["proxy", "--ip", "127.0.0.1", "--port", port, "--api-port", "0", "--no-journal"], "", WithToken);

        Assert.Equal((1, 1), (result.ExitCode, result.Error.Count(character => character == '\n')));
        Assert.Contains(port, result.Error, StringComparison.Ordinal);
        taken.Stop();
    }

    [Theory]
    [InlineData("--ip", NoName)]
    [InlineData("--api-ip", "192.0.2.1")]
    [InlineData("--api-socket", "/no/such/folder/api.sock")]
    public async Task An_address_that_cannot_be_had_is_named(string option, string address)
    {
        string[] others = option == "--ip" ? ["--api-port", "0"] : ["--ip", "127.0.0.1"];
        var result = await HubTool.RunAsync(["proxy", option, address, "--port", "0", "--no-journal", .. others], "", WithToken);

        Assert.Equal((1, 1), (result.ExitCode, result.Error.Count(character => character == '\n')));
        Assert.Contains($"Cannot listen at {address}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pid_file_is_one_proxy_s_at_a_time_and_one_that_was_left_behind_says_nothing()
    {
        using var folder = new TestFolder();
        using var second = new TestFolder();
        var pidFile = folder.Combine("proxy.pid");

        // Left by a proxy that was killed; the number is another process' by now.
        await File.WriteAllTextAsync(pidFile, $"{Environment.ProcessId}");
        using var proxy = await ProxyProcess.StartAsync(folder, "--pid-file", pidFile);
        await Eventually.TrueAsync("the pid file", async () => await File.ReadAllTextAsync(pidFile) == proxy.Id.ToString(CultureInfo.InvariantCulture));

        var result = await HubTool.RunAsync(["proxy", "--socket", second.Combine("public.sock"), "--api-socket", second.Combine("api.sock"), "--no-journal", "--pid-file", pidFile], "", WithToken);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"hub proxy: --pid-file: {pidFile} is in use by another proxy that runs", result.Error, StringComparison.Ordinal);
        Assert.Equal(proxy.Id.ToString(CultureInfo.InvariantCulture), await File.ReadAllTextAsync(pidFile));
        Assert.Equal(HttpStatusCode.Created, await proxy.RouteAsync("/user/ada", "http://127.0.0.1:1"));
    }

    [UnsupportedOSPlatform("windows")]
    [Fact]
    public async Task A_pid_file_that_others_could_replace_is_refused()
    {
        using var folder = new TestFolder();
        File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.GroupWrite);

        var result = await HubTool.RunAsync(["proxy", "--socket", folder.Combine("public.sock"), "--api-socket", folder.Combine("api.sock"), "--no-journal", "--pid-file", folder.Combine("pid")], "", WithToken);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("hub proxy: --pid-file: its group may write to the folder", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Combine("pid")));
    }

    [UnsupportedOSPlatform("windows")]
    [Fact]
    public async Task A_pid_file_that_a_killed_proxy_left_is_taken_over_whatever_its_group_may_do()
    {
        const UnixFileMode forAllToRead = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        using var folder = new TestFolder();
        var pidFile = folder.Combine("proxy.pid");
        using (var first = await ProxyProcess.StartForGroupAsync(folder, "--pid-file", pidFile))
        {
            await IsOfAsync(first);
            Assert.Equal(forAllToRead, File.GetUnixFileMode(pidFile));
            first.Signal("KILL");
            await first.EndAsync();
        }

        // As another program, or an earlier version, would have left it.
        File.SetUnixFileMode(pidFile, forAllToRead | UnixFileMode.GroupWrite);
        using var next = await ProxyProcess.StartForGroupAsync(folder, "--pid-file", pidFile);
        await IsOfAsync(next);
        Assert.Equal(forAllToRead, File.GetUnixFileMode(pidFile));

        Task IsOfAsync(ProxyProcess proxy) => Eventually.TrueAsync(
            "the pid file", () => File.Exists(pidFile) && File.ReadAllText(pidFile) == proxy.Id.ToString(CultureInfo.InvariantCulture));
    }

    [UnsupportedOSPlatform("windows")]
    [Fact]
    public async Task A_pid_file_that_another_user_left_is_refused()
    {
        // Only root can give a file away.
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        using var folder = new TestFolder();
        var pidFile = folder.Combine("proxy.pid");
        await File.WriteAllTextAsync(pidFile, "1");
        File.SetUnixFileMode(pidFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        using (var chown = Process.Start("chown", ["65534", pidFile]))
        {
            await Eventually.Within(chown.WaitForExitAsync());
        }

        var result = await HubTool.RunAsync(["proxy", "--socket", folder.Combine("public.sock"), "--api-socket", folder.Combine("api.sock"), "--no-journal", "--pid-file", pidFile], "", WithToken);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"hub proxy: --pid-file: {pidFile} belongs to another user", result.Error, StringComparison.Ordinal);
        Assert.Equal("1", await File.ReadAllTextAsync(pidFile));
    }

    [Theory]
    [InlineData(11, true)] // EAGAIN
    [InlineData(13, true)] // EACCES
    [InlineData(37, false)] // ENOLCK
    [InlineData(38, false)] // ENOSYS
    [InlineData(95, false)] // ENOTSUP
    public void A_lock_that_the_file_system_does_not_have_is_nobody_s(int error, bool isHeld) =>
        Assert.Equal(isHeld, PidFile.IsHeld(error == 13 ? new UnauthorizedAccessException("fcntl", new IOException("fcntl", error)) : new IOException("fcntl", error)));

    [Fact]
    public async Task One_that_is_told_to_end_while_it_waits_for_another_s_journal_ends_in_order()
    {
        using var folder = new TestFolder();
        using var second = new TestFolder();
        var journal = folder.Combine("routes");
        using var proxy = await ProxyProcess.StartAsync(folder, "--journal", journal);
        (int Code, string Output) end;
        do
        {
            using var waiting = ProxyProcess.Launch(second, "--journal", journal);
            await Eventually.TrueAsync("it to wait", () => waiting.Output.Contains("waiting for it", StringComparison.Ordinal));
            waiting.Signal("TERM");
            end = (await waiting.EndAsync(), waiting.Output);
        }
        while (end.Output.Contains("name another file with --journal", StringComparison.Ordinal)); // The signal came too late: it had waited enough.

        Assert.Equal(0, end.Code);
        Assert.DoesNotContain("xception", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_had_no_room_on_the_disk_is_written_before_the_next_change_is_confirmed()
    {
        using var folder = new TestFolder();
        var journal = folder.Combine("routes");
        using (var proxy = await ProxyProcess.StartAsync(folder, "--journal", journal))
        {
            Assert.Equal(HttpStatusCode.Created, await proxy.RouteAsync("/user/ada", "http://127.0.0.1:1"));

            // No file may grow by more than a few bytes: half a record is written, as when a disk is full.
            proxy.LimitFiles($"{new FileInfo(journal).Length + 20}:unlimited");
            Assert.Equal(HttpStatusCode.Created, await proxy.RouteAsync("/user/bob", "http://127.0.0.1:2"));
            Assert.Equal(HttpStatusCode.NoContent, (await proxy.Api.DeleteAsync(new Uri("/api/routes/user/ada", UriKind.Relative))).StatusCode);
            await Eventually.TrueAsync("a word of it", () => proxy.Output.Contains("only in memory until it can", StringComparison.Ordinal));

            proxy.LimitFiles("unlimited:unlimited");
            Assert.Equal(HttpStatusCode.Created, await proxy.RouteAsync("/user/eve", "http://127.0.0.1:3"));
            proxy.Signal("KILL");
            await proxy.EndAsync();
        }

        using var again = await ProxyProcess.StartAsync(folder, "--journal", journal);
        Assert.Equal(["/user/bob", "/user/eve"], (await again.PathsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Help_names_the_options_in_our_own_words()
    {
        var result = await HubTool.RunAsync("proxy", "--help");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("--default-target <url>", result.Output, StringComparison.Ordinal);
        Assert.Contains("CONFIGPROXY_AUTH_TOKEN", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--storage-backend", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signals_end_it_in_order(string signal)
    {
        using var folder = new TestFolder();
        var pidFile = folder.Combine("proxy.pid");
        using var proxy = await ProxyProcess.StartAsync(folder, "--pid-file", pidFile, "--log-level=debug");
        await Eventually.TrueAsync("the pid file", () => File.Exists(pidFile) && File.ReadAllText(pidFile) == proxy.Id.ToString(CultureInfo.InvariantCulture));
        Assert.Equal("""{"status":"OK"}""", await proxy.Public.GetStringAsync(new Uri("/_chp_healthz", UriKind.Relative)));
        Assert.Equal(HttpStatusCode.Created, await proxy.RouteAsync("/user/ada", "http://127.0.0.1:1"));

        proxy.Signal(signal);

        Assert.Equal(0, await proxy.EndAsync());
        Assert.False(File.Exists(pidFile));
        Assert.True(File.Exists(folder.Combine("hub-proxy-public.sock.journal")));
        using var again = await ProxyProcess.StartAsync(folder);
        Assert.Equal(["/user/ada"], await again.PathsAsync());
    }

    [Fact]
    public async Task Routes_that_were_confirmed_outlive_a_kill_at_any_moment()
    {
        using var folder = new TestFolder();
        var random = new Random(7);
        var confirmed = new ConcurrentDictionary<string, bool>();
        for (var round = 0; round < 5; round++)
        {
            using var proxy = await ProxyProcess.StartAsync(folder, "--journal", folder.Combine("routes"));
            var restored = (await proxy.PathsAsync()).ToHashSet(StringComparer.Ordinal);
            Assert.All(confirmed, route => Assert.Equal(route.Value, restored.Contains(route.Key)));

            var killAfter = random.Next(1, 400);
            var done = 0;
            await Parallel.ForEachAsync(Enumerable.Range(0, 8), async (worker, _) =>
            {
                for (var number = 0; ; number++)
                {
                    var path = $"/user/{round}-{worker}-{number}";
                    try
                    {
                        // Between the request and its answer nobody knows.
                        if (await proxy.RouteAsync(path, "http://127.0.0.1:1") == HttpStatusCode.Created)
                        {
                            confirmed[path] = true;
                        }

                        if (number % 3 == 0)
                        {
                            confirmed.TryRemove(path, out bool _);
                            using var response = await proxy.Api.DeleteAsync(new Uri($"/api/routes{path}", UriKind.Relative), CancellationToken.None);
                            confirmed[path] = response.StatusCode != HttpStatusCode.NoContent;
                        }
                    }
                    catch (HttpRequestException)
                    {
                        return;
                    }

                    if (Interlocked.Increment(ref done) == killAfter)
                    {
                        proxy.Signal("KILL");
                    }
                }
            });
            await proxy.EndAsync();
        }

        Assert.NotEmpty(confirmed);
    }
}
