using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using JupyterHub.Testing;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>Debian's JupyterHub with its own proxy, to see that the harness asks for nothing that the original does not do.</summary>
internal sealed class OriginalHub : IHubUnderTest, IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private readonly MarkedProcesses marked = new();
    private ServerProcess? process;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Find()}/");

    public string UserPassword => "pw";

    public string Output => process?.Output ?? "";

    /// <summary>The interface of its proxy, with a client that may use it.</summary>
    public HttpClient ProxyApi { get; } = NewProxyClient();

    /// <summary>The process that the hub believes to be its proxy.</summary>
    public int ProxyId => int.Parse(File.ReadAllText(folder.Combine("jupyterhub-proxy.pid")).Split('\n')[0], CultureInfo.InvariantCulture);

    /// <summary>Starts one.</summary>
    /// <param name="configuration">More lines for its configuration, made from the mark that its processes carry in their environment.</param>
    public static async Task<OriginalHub> StartNewAsync(Func<string, string>? configuration = null)
    {
        var hub = new OriginalHub();
        try
        {
            await hub.StartAsync(configuration?.Invoke(hub.marked.Value) ?? "");
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        ProxyApi.Dispose();
        process?.Dispose();
        marked.KillAll();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static HttpClient NewProxyClient()
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{FreePort.Find()}") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", Guid.NewGuid().ToString("N"));
        return client;
    }

    private async Task StartAsync(string more)
    {
        var config = folder.Combine("jupyterhub_config.py");
        await File.WriteAllTextAsync(config, string.Create(CultureInfo.InvariantCulture, $"""
            c.JupyterHub.bind_url = '{Address}'
            c.JupyterHub.hub_port = {FreePort.Find()}
            c.ConfigurableHTTPProxy.api_url = '{ProxyApi.BaseAddress}'
            c.ConfigurableHTTPProxy.auth_token = '{ProxyApi.DefaultRequestHeaders.Authorization!.Parameter}'
            c.JupyterHub.authenticator_class = 'dummy'
            c.DummyAuthenticator.password = '{UserPassword}'
            c.JupyterHub.spawner_class = 'simple'
            c.SimpleLocalProcessSpawner.home_dir_template = '{folder.Combine("homes")}/{"{username}"}'
            c.Spawner.cmd = ['jupyterhub-singleuser', '--allow-root']
            c.Spawner.environment = {"{"}
                '{MarkedProcesses.Variable}': '{marked.Value}',
                # Debian has no JupyterLab, and a bare Jupyter server has no page to show.
                'JUPYTERHUB_SINGLEUSER_APP': 'notebook.notebookapp.NotebookApp',
            {"}"}
            {more}

            """));
        var start = new ProcessStartInfo(Programs.OnPath("jupyterhub"), ["-f", config]) { WorkingDirectory = folder.Path };
        start.Environment[MarkedProcesses.Variable] = marked.Value;
        // Debian's proxy looks for its modules where Debian puts them, also under a Node.js that is not Debian's.
        start.Environment["NODE_PATH"] = "/usr/share/nodejs";
        process = new ServerProcess(start);
        using var http = new HttpClient();
        await Eventually.TrueAsync("JupyterHub answers", async () =>
        {
            Assert.False(process.HasExited, $"JupyterHub ended at its start:\n{Output}");
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "hub/login"));
                return answer.IsSuccessStatusCode;
            }
            catch (Exception problem) when (problem is HttpRequestException or SocketException)
            {
                return false;
            }
        });
    }
}
