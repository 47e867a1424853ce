using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.ChpClient;
using JupyterHub.Testing;

namespace JupyterHub.AspNetCore.Tests.Proxying;

/// <summary>A hub behind a proxy that is a program of its own, which this hub starts.</summary>
internal sealed class ProxiedHub : IAsyncDisposable
{
    public const string Token = "token-of-the-proxy-of-this-test";

    private readonly HttpClient client;

    private ProxiedHub(HubHost host, Uri publicUrl, Uri apiUrl)
    {
        Host = host;
        PublicUrl = publicUrl;
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = publicUrl };
        Api = new ProxyApi(apiUrl, Token);
    }

    public HubHost Host { get; }

    /// <summary>Where browsers go.</summary>
    public Uri PublicUrl { get; }

    /// <summary>The proxy's API, spoken to behind the hub's back.</summary>
    public ProxyApi Api { get; }

    public IHubProxy Proxy => Host.Get<IHubProxy>();

    public string PidFile => Path.Combine(Host.Folder, "data", "jupyterhub-proxy.pid");

    public int ProxyPid => ChpRecord.Read(PidFile)?.Process.Pid ?? 0;

    public static async Task<ProxiedHub> StartAsync(string command, Action<HubSetup>? configure = null)
    {
        var (publicUrl, apiUrl) = (new Uri($"http://127.0.0.1:{FreePort.Find()}"), new Uri($"http://127.0.0.1:{FreePort.Find()}"));
        var host = await HubHost.StartAsync(setup =>
        {
            setup.Settings["BindUrl"] = publicUrl.ToString();
            setup.Settings["HubBindUrl"] = $"http://127.0.0.1:{FreePort.Find()}";
            setup.Settings["Proxy:Type"] = "chp";
            setup.Settings["Proxy:ApiUrl"] = apiUrl.ToString();
            setup.Settings["Proxy:AuthToken"] = Token;
            setup.Settings["Proxy:CheckRunningInterval"] = "0.1";
            foreach (var (index, part) in command.Split(' ').Index())
            {
                setup.Settings[$"Proxy:Command:{index}"] = part;
            }

            configure?.Invoke(setup);
        });
        return new ProxiedHub(host, publicUrl, apiUrl);
    }

    /// <summary>A request as a browser sends it: to the proxy.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, string? token = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"token {token}");
        }

        return client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        Api.Dispose();
        await Host.DisposeAsync();
    }
}
