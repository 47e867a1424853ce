using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace JupyterHub.Proxy.Tests.Transport;

/// <summary>Clients that speak HTTP/2, over TLS or with prior knowledge, to servers that do not.</summary>
public sealed class Http2Tests : IDisposable
{
    private readonly TestAuthority authority = new();

    public void Dispose() => authority.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Many_requests_share_a_connection_and_each_gets_its_own_answer(bool tls)
    {
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            Assert.Equal("HTTP/1.1", context.Request.Protocol);
            await context.Request.Body.CopyToAsync(context.Response.Body);
        });
        await using var proxy = await StartAsync(tls);
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var client = ClientOf(proxy);
        await Eventually.Within(Task.WhenAll(Enumerable.Range(0, 150).Select(async number =>
        {
            var body = RandomNumberGenerator.GetBytes(10_000 + number);
            using var answer = await client.PostAsync($"/user/ada/{number}", new ByteArrayContent(body));
            Assert.Equal(HttpVersion.Version20, answer.Version);
            Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync());
        })));
    }

    [Fact]
    public async Task Events_arrive_one_by_one()
    {
        using var next = new SemaphoreSlim(0);
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            for (var number = 1; number <= 3; number++)
            {
                await next.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync($"data: {number}\n\n");
                await context.Response.Body.FlushAsync();
            }
        });
        await using var proxy = await StartAsync(tls: false);
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var client = ClientOf(proxy);
        using var answer = await Eventually.Within(client.GetAsync("/user/ada/", HttpCompletionOption.ResponseHeadersRead));
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        for (var number = 1; number <= 3; number++)
        {
            next.Release();
            Assert.Equal($"data: {number}", await Eventually.Within(reader.ReadLineAsync()));
            Assert.Equal("", await Eventually.Within(reader.ReadLineAsync()));
        }

        Assert.Null(await Eventually.Within(reader.ReadLineAsync()));
    }

    [Fact]
    public async Task Both_directions_of_one_request_flow_at_once()
    {
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            await context.Response.Body.FlushAsync();
            await context.Request.Body.CopyToAsync(context.Response.Body);
        });
        await using var proxy = await StartAsync(tls: false);
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var client = ClientOf(proxy);
        using var body = new HandWrittenContent();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/user/ada/")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        using var answer = await Eventually.Within(client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
        var down = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[1];
        for (byte number = 1; number <= 3; number++)
        {
            await body.WriteAsync(number);
            Assert.Equal(1, await Eventually.Within(down.ReadAsync(buffer).AsTask()));
            Assert.Equal(number, buffer[0]);
        }

        body.End();
        Assert.Equal(0, await Eventually.Within(down.ReadAsync(buffer).AsTask()));
    }

    [Fact]
    public async Task A_request_that_its_client_resets_is_gone_for_the_server_and_others_go_on()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            if (context.Request.Path == "/user/ada/fast")
            {
                return;
            }

            context.RequestAborted.Register(() => ended.TrySetResult());
            arrived.SetResult();
            await ended.Task;
        });
        await using var proxy = await StartAsync(tls: true);
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var client = ClientOf(proxy);
        using var cancel = new CancellationTokenSource();
        var slow = client.GetAsync("/user/ada/slow", cancel.Token);
        await Eventually.Within(arrived.Task);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        await Eventually.Within(ended.Task);
        using var answer = await client.GetAsync("/user/ada/fast");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task<ProxyHost> StartAsync(bool tls) => ProxyHost.StartAsync(setup => setup.Listen = listen =>
    {
        listen.Protocols = tls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http2;
        if (tls)
        {
            listen.UseHttps(authority.Issue("localhost"));
        }
    });

    private HttpClient ClientOf(ProxyHost proxy)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 known && authority.Knows(known);
        return new HttpClient(handler)
        {
            BaseAddress = proxy.Url,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }
}
