using System.Diagnostics;
using JupyterHub.Testing;

namespace JupyterHub.AspNetCore.Tests.Proxying;

/// <summary>A proxy that nobody's hub has started.</summary>
internal sealed class RunningProxy : IAsyncDisposable
{
    private readonly string[] command;

    /// <summary>Where ours keeps its journal; what is started again finds an empty one.</summary>
    private TestFolder folder = new();
    private Process process;

    private RunningProxy(string program, string token)
    {
        command = program.Split(' ');
        Token = token;
        process = Launch();
        Api = new ProxyApi(ApiUrl, token);
    }

    public string Token { get; }

    public Uri PublicUrl { get; } = new($"http://127.0.0.1:{FreePort.Find()}");

    public Uri ApiUrl { get; } = new($"http://127.0.0.1:{FreePort.Find()}");

    public ProxyApi Api { get; }

    public static async Task<RunningProxy> StartAsync(string program, string token)
    {
        var proxy = new RunningProxy(program, token);
        await proxy.UntilUpAsync();
        return proxy;
    }

    /// <summary>SIGKILL, then the same again at the same place, without a route.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        folder.Dispose();
        folder = new TestFolder();
        process = Launch();
        await UntilUpAsync();
    }

    public async Task StopAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        try
        {
            await StopAsync();
        }
        catch (InvalidOperationException)
        {
            // A test has stopped it.
        }

        folder.Dispose();
    }

    private Process Launch()
    {
        var start = new ProcessStartInfo(
            command[0],
            [.. command[1..], "--ip", "127.0.0.1", "--port", $"{PublicUrl.Port}", "--api-ip", "127.0.0.1", "--api-port", $"{ApiUrl.Port}", "--log-level", "error"]) { WorkingDirectory = folder.Path };
        start.Environment["CONFIGPROXY_AUTH_TOKEN"] = Token;
        return Process.Start(start)!;
    }

    private Task UntilUpAsync() => Eventually.TrueAsync("the proxy answers", async () =>
    {
        Assert.False(process.HasExited);
        try
        {
            await Api.ListAsync();
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    });
}
