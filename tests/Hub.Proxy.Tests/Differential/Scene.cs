using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>
/// A proxy with one command line, and the servers that its cases need. In what cases send and prescribe, <c>{A}</c>
/// and <c>{B}</c> are servers made for each case, <c>{standing}</c> is one that is named on the command line,
/// <c>{nobody}</c> is one that is not there, <c>{proxy}</c> is the port spoken to, <c>{token}</c> opens the API.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    private const string Standing = "HTTP/1.1 200 OK\r\nContent-Type: text/x-page; a=b\r\nContent-Encoding: identity\r\nX-Page: x\r\nContent-Length: 8\r\n\r\nstanding";

    // Only a defect comes to its end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    
    // What comes at all comes by then, also from a process that six others leave little of the machine.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(4);

    private readonly RecordingServer standing;
    private readonly int nobody;

    private Scene(ProxyProcess proxy, RecordingServer standing, int nobody)
    {
        Proxy = proxy;
        this.standing = standing;
        this.nobody = nobody;
    }

    public ProxyProcess Proxy { get; }

    public static async Task<Scene> OpenAsync(ProxyProgram program, ProxyOptions options, ScenePrepared prepared)
    {
        var standing = new RecordingServer("standing") { Answer = Standing };
        var names = new Names();
        names.Add("standing", standing.Port);
        var nobody = FreePort.Find();
        names.Add("nobody", nobody);
        names.Add("errors", prepared.ErrorPages);
        names.Add("key", prepared.Key);
        names.Add("cert", prepared.Certificate);
        return new Scene(await ProxyProcess.StartAsync(program, options, names.Resolve), standing, nobody);
    }

    /// <summary>Plays a case and tells what everybody saw, line by line.</summary>
    public async Task<IReadOnlyList<string>> PlayAsync(Exchange exchange)
    {
        var requests = new ConcurrentQueue<RecordedRequest>();
        var names = new Names();
        await using var a = new RecordingServer("A") { Answer = exchange.Answer, Requests = requests, Resolve = names.Resolve };
        await using var b = new RecordingServer("B") { Answer = exchange.Answer, Requests = requests, Resolve = names.Resolve };
        standing.Requests = requests;
        names.Add("A", a.Port);
        names.Add("B", b.Port);
        names.Add("standing", standing.Port);
        names.Add("nobody", nobody);
        names.Add("proxy", Proxy.PortOf(exchange.To));
        names.Add("public", Proxy.PortOf(ProxyPort.Public));
        names.Add("token", ProxyProcess.Token);
        await Proxy.SetRoutesAsync(exchange.Routes.Select(route => (route.Path, BodyOf(names.Resolve(route.Target)))));

        var observation = new Observation();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync("127.0.0.1", Proxy.PortOf(exchange.To));
            client.NoDelay = true;
            await using var stream = await StreamAsync(client, exchange.To);
            await ConverseAsync(exchange, names, stream, observation);
        }

        await Eventually.TrueAsync($"{exchange.Name} to end", () => !a.IsBusy && !b.IsBusy && !standing.IsBusy);
        observation.Add(requests);
        if (exchange.ShowsRoutes)
        {
            observation.Add("routes: " + await Proxy.GetRoutesAsync());
        }

        return [.. observation.Lines.Select(names.Unresolve)];
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await standing.DisposeAsync();
    }

    private static string BodyOf(string target) => target.StartsWith('{') ? target : $$"""{"target":"{{target}}"}""";

    private async Task<Stream> StreamAsync(TcpClient client, ProxyPort port)
    {
        if (!Proxy.Options.IsTls || port != ProxyPort.Public)
        {
            return client.GetStream();
        }

        var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate?.Subject == "CN=localhost");
        await tls.AuthenticateAsClientAsync("localhost");
        return tls;
    }

    private async Task ConverseAsync(Exchange exchange, Names names, Stream stream, Observation observation)
    {
        using var deadline = new CancellationTokenSource(exchange.OriginalHangs && Proxy.Program == ProxyProgram.Original ? Silence : Patience);
        var reader = new WireReader(stream);
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(names.Resolve(exchange.Request)), deadline.Token);
            for (var number = 0; number < exchange.Responses;)
            {
                if (await reader.ReadHeadAsync(deadline.Token) is not { } response)
                {
                    observation.Add("client: the connection ended");
                    return;
                }

                try
                {
                    await reader.ReadResponseBodyAsync(response, exchange.MethodOf(number), deadline.Token);
                }
                catch (OperationCanceledException)
                {
                    observation.Add(response);
                    throw;
                }

                if (response.IsCut)
                {
                    // How much of it came before is chance.
                    observation.Add("client: the connection ended");
                    return;
                }

                observation.Add(response);
                if (response.Status == 101)
                {
                    await TunnelAsync(exchange, reader, stream, observation, deadline.Token);
                    return;
                }

                if (response.Framing == "until closed")
                {
                    return;
                }

                number += response.Status < 200 ? 0 : 1;
            }

            observation.Add(await IsOpenAsync(exchange.To, reader, stream, deadline.Token) ? "client: the connection stays open" : "client: the connection is closed");
        }
        catch (OperationCanceledException)
        {
            observation.Add("client: nothing more came");
        }
        catch (IOException)
        {
            observation.Add("client: the connection ended");
        }
    }

    private static async Task TunnelAsync(Exchange exchange, WireReader reader, Stream stream, Observation observation, CancellationToken cancellation)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(exchange.Then ?? ""), cancellation);
        var text = new StringBuilder();
        for (int next; (next = await reader.ReadByteAsync(cancellation)) >= 0;)
        {
            text.Append((char)next);
        }

        observation.Add($"client < tunnel: {text}");
    }

    // A connection is open when a request over it is answered.
    private static async Task<bool> IsOpenAsync(ProxyPort port, WireReader reader, Stream stream, CancellationToken cancellation)
    {
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {(port == ProxyPort.Public ? "/_chp_healthz" : "/nothing")} HTTP/1.1\r\nHost: probe\r\n\r\n"), cancellation);
            return await reader.ReadHeadAsync(cancellation) is not null;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
