using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>A proxy as a process of its own, with all of its ports on 127.0.0.1.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    public const string Token = "sesame-0123456789";

    private readonly Process process;
    private readonly TestFolder folder = new();
    private readonly ConcurrentQueue<string> output = new();
    private readonly Dictionary<ProxyPort, int> ports;
    private readonly HttpClient api;

    private ProxyProcess(ProxyProgram program, ProxyOptions options, Func<string, string> resolve)
    {
        Program = program;
        Options = options;
        ports = Enum.GetValues<ProxyPort>().ToDictionary(port => port, _ => FreePort.Find());
        // Soon closed again: tests count what a proxy has open.
        api = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) }) { BaseAddress = new Uri($"http://127.0.0.1:{ports[ProxyPort.Api]}/") };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", Token);
        var start = new ProcessStartInfo(program.Command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (IEnumerable<string>)[.. program.Command.Skip(1), .. Addresses(), .. options.Arguments])
        {
            start.ArgumentList.Add(resolve(WithPorts(argument)));
        }

        // Ours keeps its journal there.
        start.WorkingDirectory = folder.Path;
        start.Environment["CONFIGPROXY_AUTH_TOKEN"] = Token;
        // Debian's modules, for a Node.js that is not Debian's.
        start.Environment["NODE_PATH"] = "/usr/share/nodejs";
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
    }

    public ProxyProgram Program { get; }

    public ProxyOptions Options { get; }

    public int Id => process.Id;

    /// <summary>What it has written so far, line by line.</summary>
    public IReadOnlyCollection<string> Output => output;

    public int PortOf(ProxyPort port) => ports[port];

    /// <summary>Starts a proxy and waits until it answers.</summary>
    /// <param name="program">Which one.</param>
    /// <param name="options">Its command line.</param>
    /// <param name="resolve">Puts values in place of names in braces.</param>
    public static async Task<ProxyProcess> StartAsync(ProxyProgram program, ProxyOptions options, Func<string, string> resolve)
    {
        var proxy = new ProxyProcess(program, options, resolve);
        proxy.process.Start();
        proxy.process.BeginOutputReadLine();
        proxy.process.BeginErrorReadLine();
        await Eventually.TrueAsync($"{program.Name} to listen", proxy.IsListeningAsync);
        return proxy;
    }

    /// <summary>Leaves exactly these routes in the table, and what the command line has put there.</summary>
    public async Task SetRoutesAsync(IEnumerable<(string Path, string Body)> routes)
    {
        var existing = (JsonObject)JsonNode.Parse(await api.GetStringAsync(new Uri("api/routes", UriKind.Relative)))!;
        foreach (var (path, _) in existing.Where(route => route.Key != "/" || !Options.HasDefaultTarget))
        {
            await RemoveRouteAsync(path);
        }

        foreach (var (path, body) in routes)
        {
            await AddRouteAsync(path, body);
        }
    }

    public async Task AddRouteAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var added = await api.PostAsync(AddressOf(path), content);
        added.EnsureSuccessStatusCode();
    }

    public async Task RemoveRouteAsync(string path)
    {
        using var deleted = await api.DeleteAsync(AddressOf(path));
        deleted.EnsureSuccessStatusCode();
    }

    public Task<string> GetRoutesAsync() => api.GetStringAsync(new Uri("api/routes", UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Dispose();
    }

    // Dots are names here.
    private Uri AddressOf(string path) => new(
        $"{api.BaseAddress}api/routes{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}",
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private IEnumerable<string> Addresses() =>
        ["--ip", "127.0.0.1", "--port", Text(ProxyPort.Public), "--api-ip", "127.0.0.1", "--api-port", Text(ProxyPort.Api)];

    private string Text(ProxyPort port) => ports[port].ToString(CultureInfo.InvariantCulture);

    private string WithPorts(string argument) =>
        ports.Keys.Where(port => argument == WithBraces(port)).Select(Text).FirstOrDefault() ?? argument;

    private static string WithBraces(ProxyPort port) => $"{{{port.ToString().ToLowerInvariant()}}}";

    private async Task<bool> IsListeningAsync()
    {
        if (process.HasExited)
        {
            // With its last words.
            await process.WaitForExitAsync();
        }

        Assert.False(process.HasExited, $"{Program.Name} with {Options.Name} ended:\n{string.Join('\n', output)}");
        try
        {
            foreach (var port in ports.Keys.Where(port => port is ProxyPort.Public or ProxyPort.Api || Options.Arguments.Contains(WithBraces(port))))
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", ports[port]);
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
