using System.Net.Sockets;
using System.Text;
using JupyterHub.Proxy.Tests.Differential;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>A proxy before the servers of two users, and the one check that matters: nothing passes from one to the other.</summary>
internal sealed class TwoUsers : IAsyncDisposable
{
    private int victims;

    private readonly ProxyHost? host;
    private readonly ProxyProcess? process;
    private readonly HttpClient client;

    private TwoUsers(ProxyHost? host, ProxyProcess? process, Uri url)
    {
        this.host = host;
        this.process = process;
        Url = url;
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = url };
    }

    /// <summary>The proxy, where it runs inside of the test.</summary>
    public ProxyHost Proxy => host ?? throw new InvalidOperationException("The proxy is a process of its own.");

    /// <summary>Where the proxy listens.</summary>
    public Uri Url { get; }

    /// <summary>A browser without cookies that follows nothing.</summary>
    public HttpClient Client => client;

    public StrictServer Ada { get; } = new("ada");

    public StrictServer Eve { get; } = new("eve");

    public static async Task<TwoUsers> OpenAsync(ForwardingPath path)
    {
        var host = await ProxyHost.StartAsync(setup => path.Choose(setup));
        var users = new TwoUsers(host, null, host.Url);
        await host.RouteAsync("/user/ada/", users.Ada.Url);
        await host.RouteAsync("/user/eve/", users.Eve.Url);
        return users;
    }

    /// <summary>Two users behind a proxy that is a process of its own, in place of whoever was there before; it stays.</summary>
    public static async Task<TwoUsers> OpenAsync(ProxyProcess proxy)
    {
        var users = new TwoUsers(null, proxy, new Uri($"http://127.0.0.1:{proxy.PortOf(ProxyPort.Public)}"));
        await proxy.SetRoutesAsync([("/user/ada", BodyOf(users.Ada.Url)), ("/user/eve", BodyOf(users.Eve.Url))]);
        return users;
    }

    public Task<RawConnection> ConnectAsync() => RawConnection.OpenAsync(Url);

    /// <summary>Adds a route, or has one lead elsewhere.</summary>
    /// <param name="path">Without a slash at its end.</param>
    /// <param name="target">A server.</param>
    public Task RouteAsync(string path, Uri target) => process is null ? Proxy.RouteAsync(path + "/", target) : process.AddRouteAsync(path, BodyOf(target));

    /// <summary>Removes a route that is there.</summary>
    public Task RemoveRouteAsync(string path) =>
        process is null ? Proxy.Proxy.RemoveRouteAsync(path + "/", CancellationToken.None) : process.RemoveRouteAsync(path);

    /// <summary>Sends bytes over one connection and reads responses until it ends, or until as many have come.</summary>
    /// <param name="bytes">What is sent, as Latin-1.</param>
    /// <param name="most">Number of final responses after which there is nothing to wait for.</param>
    /// <param name="thenEnds">The client says that it has nothing more to send: for messages that are never complete.</param>
    public async Task<IReadOnlyList<StrictMessage>> SendAsync(string bytes, int most = int.MaxValue, bool thenEnds = false)
    {
        using var connection = await ConnectAsync();
        return await SendAsync(connection, bytes, most, thenEnds);
    }

    /// <summary>As above, over a connection that may be used before and after.</summary>
    public static async Task<IReadOnlyList<StrictMessage>> SendAsync(RawConnection connection, string bytes, int most = int.MaxValue, bool thenEnds = false)
    {
        try
        {
            await connection.SendAsync(bytes);
            if (thenEnds)
            {
                connection.Socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (IOException)
        {
            // Refused before everything was sent.
        }

        var reader = new StrictReader(connection.Stream);
        var responses = new List<StrictMessage>();
        while (responses.Count < most && await reader.ReadHeadAsync() is { } response)
        {
            if (response.Status is >= 101)
            {
                response.IsComplete = response.Status is 101 or 204 or 304;
                if (!response.IsComplete)
                {
                    await reader.ReadBodyAsync(response, untilClosed: true);
                }

                responses.Add(response);
            }
        }

        Assert.Empty(reader.Violations);
        return responses;
    }

    /// <summary>Others come after an attack and get what is theirs, from servers that got what was meant for them.</summary>
    public async Task CheckAsync()
    {
        for (var round = 0; round < 2; round++)
        {
            foreach (var (server, other) in ((StrictServer, StrictServer)[])[(Ada, Eve), (Eve, Ada), (Ada, Eve)])
            {
                await CheckAsync(server, other);
            }
        }

        await Eventually.TrueAsync(() => Ada.Requests.Count + Eve.Requests.Count >= victims);
        foreach (var server in (StrictServer[])[Ada, Eve])
        {
            Assert.Empty(server.Violations);
            Assert.All(server.Requests, request => Assert.StartsWith($"/user/{server.Name}/", Uri.UnescapeDataString(request.Target), StringComparison.Ordinal));
            Assert.All(server.Requests, request => Assert.NotEqual("/user/eve/smuggled", request.Target));
        }
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        await Ada.DisposeAsync();
        await Eve.DisposeAsync();
    }

    private static string BodyOf(Uri target) => $$"""{"target":"{{target.GetLeftPart(UriPartial.Authority)}}"}""";

    private async Task CheckAsync(StrictServer server, StrictServer other)
    {
        var target = $"/user/{server.Name}/victim{++victims}";
        var answer = Assert.Single(await SendAsync($"GET {target} HTTP/1.1\r\nHost: hub\r\n\r\n", most: 1));
        Assert.Equal(200, answer.Status);
        Assert.Equal($"{server.Name} {target}", answer.Body.ToString());
        Assert.Equal(1, server.Requests.Count(request => request.Target == target));
        Assert.DoesNotContain(other.Requests, request => request.Target == target);
    }
}
