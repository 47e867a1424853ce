using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using JupyterHub.Testing;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>Debian's JupyterHub with its own proxy, to see that the harness asks for nothing that the original does not do.</summary>
internal sealed class OriginalHub : IHubUnderTest, IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private readonly MarkedProcesses marked = new();
    private readonly bool speaksTls;
    private ServerProcess? process;

    private OriginalHub(bool speaksTls)
    {
        this.speaksTls = speaksTls;
        Address = NewAddress();
        ProxyApi = ProxyClient(NewAddress(), Guid.NewGuid().ToString("N"), showsCertificate: true);
    }

    public Uri Address { get; }

    public string UserPassword => "pw";

    public string Output => process?.Output ?? "";

    /// <summary>The interface of its proxy, with a client that may use it.</summary>
    public HttpClient ProxyApi { get; }

    /// <summary>The process that the hub believes to be its proxy.</summary>
    public int ProxyId => int.Parse(File.ReadAllText(folder.Combine("jupyterhub-proxy.pid")).Split('\n')[0], CultureInfo.InvariantCulture);

    /// <summary>Starts one.</summary>
    /// <param name="configuration">More lines for its configuration, made from the mark that its processes carry in their environment.</param>
    /// <param name="speaksTls">Browsers come over TLS, and the hub, its proxy and its servers know each other by certificates.</param>
    public static async Task<OriginalHub> StartNewAsync(Func<string, string>? configuration = null, bool speaksTls = false)
    {
        var hub = new OriginalHub(speaksTls);
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

    /// <summary>A client that knows the token of the proxy's interface, but has no certificate to show.</summary>
    public HttpClient NewProxyClientWithoutCertificate() =>
        ProxyClient(ProxyApi.BaseAddress!, ProxyApi.DefaultRequestHeaders.Authorization!.Parameter!, showsCertificate: false);

    public ValueTask DisposeAsync()
    {
        ProxyApi.Dispose();
        process?.Dispose();
        marked.KillAll();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Uri NewAddress() => new($"{(speaksTls ? "https" : "http")}://127.0.0.1:{FreePort.Find()}/");

    private HttpClient ProxyClient(Uri address, string token, bool showsCertificate)
    {
        var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = IsShownByProxy } };
        if (showsCertificate)
        {
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => InternalCertificate("hub-internal");
        }

        var client = new HttpClient(handler) { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", token);
        return client;
    }

    private X509Certificate2 InternalCertificate(string name)
    {
        var file = folder.Combine("internal-ssl", name, name);
        return X509Certificate2.CreateFromPemFile(file + ".crt", file + ".key");
    }

    private bool IsShownByProxy(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        using var expected = InternalCertificate("proxy-api");
        return expected.Equals(certificate);
    }

    private async Task<string> TlsSettingsAsync()
    {
        var (key, certificate) = (folder.Combine("key.pem"), folder.Combine("certificate.pem"));
        await OwnCertificate.WriteAsync(key, certificate);
        return $"""
            c.JupyterHub.ssl_key = '{key}'
            c.JupyterHub.ssl_cert = '{certificate}'
            c.JupyterHub.internal_ssl = True
            c.JupyterHub.internal_certs_location = '{folder.Combine("internal-ssl")}'
            """;
    }

    private async Task StartAsync(string more)
    {
        var tls = speaksTls ? await TlsSettingsAsync() : "";
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
            c.Spawner.start_timeout = c.Spawner.http_timeout = {Eventually.Deadline.TotalSeconds}

            # It gives its proxy ten seconds to listen, and nobody can tell it that a machine is busy.
            from jupyterhub.objects import Server
            wait_up = Server.wait_up
            Server.wait_up = lambda server, timeout=10, **more: wait_up(server, timeout if more else {Eventually.Deadline.TotalSeconds}, **more)
            c.Spawner.environment = {"{"}
                '{MarkedProcesses.Variable}': '{marked.Value}',
                # Debian has no JupyterLab, and a bare Jupyter server has no page to show.
                'JUPYTERHUB_SINGLEUSER_APP': 'notebook.notebookapp.NotebookApp',
            {"}"}
            {tls}
            {more}

            """));
        var start = new ProcessStartInfo(Programs.OnPath("jupyterhub"), ["-f", config]) { WorkingDirectory = folder.Path };
        start.Environment[MarkedProcesses.Variable] = marked.Value;
        // Debian's proxy looks for its modules where Debian puts them, also under a Node.js that is not Debian's.
        start.Environment["NODE_PATH"] = "/usr/share/nodejs";
        process = new ServerProcess(start);
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = OwnCertificate.IsShown } });
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
