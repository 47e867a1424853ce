using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using JupyterHub.Testing;

namespace JupyterHub.Cli.Tests.Proxy;

public sealed class ProxyCommandTests
{
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
    [InlineData("--no-journal", "--journal", "x")]
    public async Task What_cannot_be_followed_is_one_line_that_names_the_option_and_exit_code_2(params string[] options)
    {
        string[] arguments = ["proxy", .. options, .. options.Contains("--port") ? Array.Empty<string>() : ["--port", "0"], .. options.Contains("--api-port") ? Array.Empty<string>() : ["--api-port", "0"]];

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
