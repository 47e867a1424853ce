using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using JupyterHub.Testing;

namespace JupyterHub.Cli.Tests.Proxy;

/// <summary><c>hub proxy</c> as a process of its own.</summary>
internal sealed partial class ProxyProcess : IDisposable
{
    private readonly Process process;
    private readonly List<string> lines = [];

    private ProxyProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public HttpClient Api { get; private set; } = null!;

    public HttpClient Public { get; private set; } = null!;

    public string Output
    {
        get
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }

    /// <summary>Starts it in a folder, on sockets there, and waits until it serves.</summary>
    public static Task<ProxyProcess> StartAsync(TestFolder folder, params string[] options) => ServingAsync(Launch(folder, options));

    /// <summary>The same where new files are their group's to write to.</summary>
    public static Task<ProxyProcess> StartForGroupAsync(TestFolder folder, params string[] options) => ServingAsync(Launch(folder, "002", options));

    /// <summary>Starts it in a folder, on sockets there, and waits for nothing.</summary>
    public static ProxyProcess Launch(TestFolder folder, params string[] options) => Launch(folder, "022", options);

    private static async Task<ProxyProcess> ServingAsync(ProxyProcess proxy)
    {
        await Eventually.TrueAsync("the proxy to serve", () => proxy.process.HasExited
            ? throw new InvalidOperationException($"The proxy ended: {proxy.Output}")
            : proxy.Output.Contains("Proxy API at", StringComparison.Ordinal));
        return proxy;
    }

    private static ProxyProcess Launch(TestFolder folder, string umask, string[] options)
    {
        var open = folder.Combine("public.sock");
        var api = folder.Combine("api.sock");
        // Tests that run in the background of a shell ignore SIGINT, and so would what they start. A file that may not grow is an error, as a
        // disk that is full, not the end of the process.
        var start = new ProcessStartInfo("sh", ["-c", "umask $0; exec env \"$@\"", umask, "--default-signal=INT", "--ignore-signal=XFSZ", "dotnet", HubTool.Program, "proxy", "--socket", open, $"--api-socket={api}", .. options])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CONFIGPROXY_AUTH_TOKEN"] = "t0ken";
        var proxy = new ProxyProcess(Process.Start(start)!) { Api = Client(api), Public = Client(open) };
        proxy.Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", "t0ken");
        return proxy;
    }

    public async Task<HttpStatusCode> RouteAsync(string path, string target)
    {
        using var response = await Api.PostAsync(new Uri($"/api/routes{path}", UriKind.Relative), new StringContent($$"""{"target":"{{target}}"}"""));
        return response.StatusCode;
    }

    /// <summary>The paths of all routes.</summary>
    public async Task<string[]> PathsAsync() =>
        [.. Paths().Matches(await Api.GetStringAsync(new Uri("/api/routes", UriKind.Relative))).Select(match => match.Groups[1].Value)];

    /// <summary>Sends a signal, as <c>kill</c> does.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Sets how long files may become, as <c>prlimit</c> does: soft and hard limit.</summary>
    public void LimitFiles(string limits)
    {
        using var limit = Process.Start("prlimit", ["--pid", $"{process.Id}", $"--fsize={limits}"]);
        limit.WaitForExit();
        Assert.Equal(0, limit.ExitCode);
    }

    /// <summary>Waits for its end, and for what it had to say.</summary>
    public async Task<int> EndAsync()
    {
        await Eventually.Within(process.WaitForExitAsync());
        return process.ExitCode;
    }

    public void Dispose()
    {
        Api.Dispose();
        Public.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static HttpClient Client(string socketPath) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, token) =>
        {
            var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
            await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(socketPath), token);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://localhost"),
    };

    private void Add(string? line)
    {
        lock (lines)
        {
            lines.Add(line ?? "");
        }
    }

    [GeneratedRegex("\"(/[^\"]*)\":\\{")]
    private static partial Regex Paths();
}
