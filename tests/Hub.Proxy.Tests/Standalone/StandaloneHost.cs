using System.Net;
using System.Net.Http.Headers;
using System.Text;
using JupyterHub.Proxy.Standalone;
using JupyterHub.Proxy.Standalone.Listening;
using JupyterHub.Proxy.Tests.Hosts;

namespace JupyterHub.Proxy.Tests.Standalone;

/// <summary>A stand-alone proxy on ports of its own, with clients of its doors.</summary>
internal sealed class StandaloneHost : IAsyncDisposable
{
    public const string Token = "s3cret-t0ken";

    private readonly StandaloneProxy proxy;

    private StandaloneHost(StandaloneProxy proxy, CapturedLog log)
    {
        this.proxy = proxy;
        Log = log;
        Public = Client(proxy.PublicAddresses.First());
        Api = Client(proxy.ApiAddresses.First());
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", Token);
    }

    public CapturedLog Log { get; }

    public HttpClient Public { get; }

    public HttpClient Api { get; }

    public StandaloneProxy Proxy => proxy;

    public static ProxySettings Settings { get; } = new()
    {
        AuthToken = Token,
        Public = new ListenAddress("127.0.0.1", 0),
        Api = new ListenAddress("127.0.0.1", 0),
    };

    public static Task<StandaloneHost> StartAsync(Func<ProxySettings, ProxySettings>? configure = null, TimeProvider? time = null) =>
        StartAsync(configure?.Invoke(Settings) ?? Settings, time);

    public static async Task<StandaloneHost> StartAsync(ProxySettings settings, TimeProvider? time = null)
    {
        var log = new CapturedLog();
        return new StandaloneHost(await StandaloneProxy.StartAsync(settings, log, time ?? TimeProvider.System, CancellationToken.None), log);
    }

    public static HttpClient Client(string address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(address) };

    public Task<HttpResponseMessage> PostAsync(string path, string body) =>
        Api.PostAsync(new Uri($"/api/routes{path}", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

    public async Task RouteAsync(string path, Uri target) =>
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(path, $$"""{"target":"{{target.OriginalString}}"}""")).StatusCode);

    public Task<string> ListAsync(string query = "") => Api.GetStringAsync(new Uri($"/api/routes{query}", UriKind.Relative));

    public Task<HttpResponseMessage> DeleteAsync(string path) => Api.DeleteAsync(new Uri($"/api/routes{path}", UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        Public.Dispose();
        Api.Dispose();
        await proxy.StopAsync("the test is over");
        await proxy.DisposeAsync();
    }
}
