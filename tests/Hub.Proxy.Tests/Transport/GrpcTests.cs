using System.Net;
using System.Security.Cryptography;
using Grpc.Core;
using Grpc.Net.Client;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Tests.ActivityTracking;
using JupyterHub.Proxy.Tests.Forwarding;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace JupyterHub.Proxy.Tests.Transport;

/// <summary>A real gRPC client and a real gRPC server with the proxy between, over TLS or without on either side.</summary>
public sealed class GrpcTests : IAsyncLifetime, IDisposable
{
    private readonly TestAuthority authority = new();
    private readonly EchoGrpc.Witness witness = new();
    private readonly ActivityClock time = new();
    private readonly List<IAsyncDisposable> hosts = [];
    private ProxyHost proxy = null!;
    private GrpcChannel channel = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        channel?.Dispose();
        foreach (var host in Enumerable.Reverse(hosts))
        {
            await host.DisposeAsync();
        }
    }

    public void Dispose() => authority.Dispose();

    public static TheoryData<bool, bool> Ways => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_call_passes_with_headers_and_trailers(bool clientTls, bool serverTls)
    {
        var client = await StartAsync(clientTls, serverTls);
        using var call = client.AsyncUnaryCall(EchoGrpc.Unary, null, new CallOptions(new Metadata { { "x-asked", "yes" } }), [1, 2, 3]);
        var head = await Eventually.Within(call.ResponseHeadersAsync);
        Assert.Equal("first", head.GetValue("x-head"));
        Assert.Equal(serverTls ? "https" : "http", head.GetValue("seen-scheme"));
        Assert.Equal([1, 2, 3], await Eventually.Within(call.ResponseAsync));
        Assert.Equal("last", call.GetTrailers().GetValue("x-trailer"));
        Assert.Equal([0, 255, 10], call.GetTrailers().GetValueBytes("bytes-bin"));
        await Eventually.TrueAsync(() => proxy.Results.Contains(ForwardResult.Forwarded));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Both_sides_may_talk_at_once_and_either_may_end_first(bool clientTls, bool serverTls)
    {
        var client = await StartAsync(clientTls, serverTls);
        using (var call = client.AsyncDuplexStreamingCall(EchoGrpc.Talk, null, default))
        {
            for (var round = 1; round <= 3; round++)
            {
                time.Advance();
                await Eventually.Within(call.RequestStream.WriteAsync([(byte)round, 7]));
                Assert.True(await Eventually.Within(call.ResponseStream.MoveNext(CancellationToken.None)));
                Assert.Equal([(byte)round, 7], call.ResponseStream.Current);
                Assert.Equal(time.GetUtcNow(), proxy.LastActivity("/user/ada/"));
            }

            await call.RequestStream.CompleteAsync();
            Assert.False(await Eventually.Within(call.ResponseStream.MoveNext(CancellationToken.None)));
            Assert.Equal("heard all", call.GetTrailers().GetValue("x-trailer"));
        }

        using var short_ = client.AsyncDuplexStreamingCall(EchoGrpc.Talk, null, default);
        await Eventually.Within(short_.RequestStream.WriteAsync([0]));
        Assert.True(await Eventually.Within(short_.ResponseStream.MoveNext(CancellationToken.None)));
        Assert.False(await Eventually.Within(short_.ResponseStream.MoveNext(CancellationToken.None)));
        Assert.Equal(StatusCode.OK, short_.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_failure_arrives_with_its_status_and_details()
    {
        var client = await StartAsync(clientTls: true, serverTls: true);
        using var call = client.AsyncUnaryCall(EchoGrpc.Unary, null, default, []);
        var failure = await Assert.ThrowsAsync<RpcException>(() => Eventually.Within(call.ResponseAsync));
        Assert.Equal((StatusCode.FailedPrecondition, "empty: \u00e9", "no bytes"), (failure.StatusCode, failure.Status.Detail, failure.Trailers.GetValue("why")));
    }

    [Fact]
    public async Task A_large_upload_is_counted_whole()
    {
        var client = await StartAsync(clientTls: true, serverTls: false);
        using var call = client.AsyncClientStreamingCall(EchoGrpc.Upload, null, default);
        for (var round = 0; round < 20; round++)
        {
            await Eventually.Within(call.RequestStream.WriteAsync(RandomNumberGenerator.GetBytes(500_000)));
        }

        await call.RequestStream.CompleteAsync();
        Assert.Equal(10_000_000, BitConverter.ToInt32(await Eventually.Within(call.ResponseAsync)));
    }

    [Fact]
    public async Task A_call_that_the_client_cancels_is_cancelled_for_the_server()
    {
        var client = await StartAsync(clientTls: false, serverTls: false);
        using var cancel = new CancellationTokenSource();
        using var call = client.AsyncServerStreamingCall(EchoGrpc.Download, null, new CallOptions(cancellationToken: cancel.Token), [1]);
        Assert.True(await Eventually.Within(call.ResponseStream.MoveNext(CancellationToken.None)));
        await cancel.CancelAsync();
        await Eventually.Within(witness.Cancelled.Task);
    }

    [Fact]
    public async Task Many_calls_at_once_share_connections()
    {
        var client = await StartAsync(clientTls: false, serverTls: true);
        var calls = Enumerable.Range(0, 300).Select(async number =>
        {
            using var call = client.AsyncUnaryCall(EchoGrpc.Unary, null, default, BitConverter.GetBytes(number));
            return BitConverter.ToInt32(await call.ResponseAsync);
        });
        Assert.Equal(Enumerable.Range(0, 300), await Eventually.Within(Task.WhenAll(calls)));
    }

    [Fact]
    public async Task A_call_that_falls_silent_is_cut_and_its_client_has_not_left()
    {
        var client = await StartAsync(clientTls: false, serverTls: false, TimeSpan.FromSeconds(1));
        var hasBegun = false;
        while (!hasBegun)
        {
            using var call = client.AsyncDuplexStreamingCall(EchoGrpc.Talk, null, default);
            await Assert.ThrowsAsync<RpcException>(async () =>
            {
                // On a machine that is busy enough the silence begins before the answer does.
                await call.RequestStream.WriteAsync([1]);
                hasBegun = await Eventually.Within(call.ResponseStream.MoveNext());
                await Eventually.Within(call.ResponseStream.MoveNext());
            });
        }

        await Eventually.TrueAsync("its end", () => proxy.Results.Any(result => result is ForwardResult.Interrupted or ForwardResult.ClientGone));
        Assert.Equal(ForwardResult.Interrupted, proxy.Results.Last());
    }

    [Fact]
    public async Task A_server_without_http2_is_unavailable_for_calls_only()
    {
        await StartProxyAsync(clientTls: false);
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var call = channel.CreateCallInvoker().AsyncUnaryCall(EchoGrpc.Unary, null, default, [1]);
        var failure = await Assert.ThrowsAsync<RpcException>(() => Eventually.Within(call.ResponseAsync));
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        using var web = new HttpRequestMessage(HttpMethod.Post, "/user/ada/web")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([]) { Headers = { ContentType = new("application/grpc-web") } },
        };
        using var answer = await proxy.Client.SendAsync(web);
        Assert.Equal("ada POST /user/ada/web", await answer.Content.ReadAsStringAsync());
    }

    private async Task<CallInvoker> StartAsync(bool clientTls, bool serverTls, TimeSpan? activityTimeout = null)
    {
        var ada = await UpstreamServer.StartAsync(
            EchoGrpc.Map,
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => Listen(listen, serverTls)),
            services => EchoGrpc.Add(services, witness));
        hosts.Add(ada);
        await StartProxyAsync(clientTls, activityTimeout);
        await proxy.RouteAsync("/user/ada/", ada.Url, "localhost");
        return channel.CreateCallInvoker();
    }

    private async Task StartProxyAsync(bool clientTls, TimeSpan? activityTimeout = null)
    {
        proxy = await ProxyHost.StartAsync(setup =>
        {
            setup.Time = time;
            setup.Listen = listen => Listen(listen, clientTls);
            setup.Pipeline = EarlyWord.Use;
            setup.Proxy = options =>
            {
                options.TrustedAuthorityFiles.Add(authority.File);
                options.ActivityTimeout = activityTimeout ?? options.ActivityTimeout;
            };
        });
        hosts.Add(proxy);
        var handler = new SocketsHttpHandler { UseProxy = false, EnableMultipleHttp2Connections = true };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is System.Security.Cryptography.X509Certificates.X509Certificate2 known && authority.Knows(known);
        channel = GrpcChannel.ForAddress(new UriBuilder(proxy.Url) { Host = "localhost" }.Uri, new GrpcChannelOptions { HttpHandler = handler, MaxReceiveMessageSize = null });
    }

    private void Listen(ListenOptions listen, bool tls)
    {
        listen.Protocols = HttpProtocols.Http2;
        if (tls)
        {
            listen.UseHttps(authority.Issue("localhost"));
        }
    }
}
