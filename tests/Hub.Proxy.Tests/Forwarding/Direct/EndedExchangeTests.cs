using System.IO.Pipelines;
using System.Text.Json.Nodes;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Forwarding.Direct;
using JupyterHub.Proxy.Routing;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.Tests.Forwarding.Direct;

/// <summary>Requests that are ended from outside at the worst moments.</summary>
public class EndedExchangeTests
{
    [Fact]
    public async Task An_answer_that_is_ended_while_its_last_piece_waits_for_the_client_is_not_whole()
    {
        var options = new ForwardingOptions();
        using var connections = new UpstreamConnections(new UpstreamConnector(options, TimeProvider.System), options, TimeProvider.System);
        DirectExchange? exchange = null;
        var context = new DefaultHttpContext();
        var writer = new ScriptedWriter(PipeWriter.Create(Stream.Null), () =>
        {
            exchange!.End(EndReason.Silent);
            return Task.CompletedTask;
        });
        context.Features.Set<IHttpResponseBodyFeature>(new ScriptedBody(new StreamResponseBodyFeature(Stream.Null), writer));
        exchange = new DirectExchange(context, Route());
        using var connection = new UpstreamConnection(new MemoryStream("last!"u8.ToArray()), connections);
        connection.Begin(exchange);
        var relay = new AnswerRelay(exchange, connection, context, null, longestTrailers: 1000);
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await relay.RunAsync(new AnswerFraming(AnswerBody.Length, 5, true)));
    }

    [Fact]
    public async Task What_is_ended_behind_its_last_byte_breaks_nothing_of_the_next_request()
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ada = RawUpstream.Repeating("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nada");
        await using var eve = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\neve\r\n"u8.ToArray());
            await seen.Task;
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
        });
        ProxyHost? host = null;
        await using var proxy = host = await ProxyHost.StartAsync(setup =>
        {
            setup.Proxy = options => options.DrainTimeout = TimeSpan.Zero;
            setup.Pipeline = app => app.Use((context, next) =>
            {
                if (context.Request.Path.StartsWithSegments("/user/ada"))
                {
                    var plain = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
                    context.Features.Set<IHttpResponseBodyFeature>(new ScriptedBody(plain, new ScriptedWriter(plain.Writer, () => CutAsync(host!))));
                }

                return next(context);
            });
        });
        await proxy.RouteAsync("/user/ada/", ada.Url);
        await proxy.RouteAsync("/user/eve/", eve.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\nGET /user/eve/ HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");

        // The first is cut, and with it what follows on its connection; or both are whole.
        string answers;
        try
        {
            answers = await connection.ReadUntilAsync("3\r\neve\r\n");
            seen.SetResult();
            answers += await connection.ReadToEndAsync();
        }
        catch (IOException)
        {
            answers = "";
        }

        Assert.True(answers.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal) <= 0 || answers.EndsWith("3\r\neve\r\n0\r\n\r\n", StringComparison.Ordinal), answers);
    }

    [Fact]
    public async Task An_upload_that_never_pauses_does_not_keep_its_request_from_being_ended()
    {
        var options = new ForwardingOptions();
        using var connections = new UpstreamConnections(new UpstreamConnector(options, TimeProvider.System), options, TimeProvider.System);
        DirectExchange? exchange = null;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody());
        context.Features.Set<IRequestBodyPipeFeature>(new BodyPipe(new EndlessReader(count =>
        {
            if (count == 10)
            {
                Eventually.Within(Task.Run(() => exchange!.End(EndReason.Cancelled))).GetAwaiter().GetResult();
                ended.SetResult();
            }
        })));
        exchange = new DirectExchange(context, Route());
        using var connection = new UpstreamConnection(new MemoryStream(), connections);
        connection.Begin(exchange);
        exchange.Use(connection);
        exchange.BeginUpload();
        await Eventually.Within(ended.Task);
        await Eventually.Within(exchange.StopUploadAsync().AsTask());
        Assert.False(exchange.IsSent);
    }

    private static async Task CutAsync(ProxyHost proxy)
    {
        await proxy.Proxy.RemoveRouteAsync("/user/ada/", CancellationToken.None);
        await Eventually.TrueAsync(() => proxy.DirectConnections == 0);
    }

    private static RouteEntry Route()
    {
        Assert.True(UpstreamTarget.TryParse("http://127.0.0.1:1", out var target, out _));
        return new RouteEntry(Routespec.Parse("/user/ada/"), target, new JsonObject(), TimeProvider.System);
    }

    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }

    private sealed class BodyPipe(PipeReader reader) : IRequestBodyPipeFeature
    {
        public PipeReader Reader => reader;
    }
}
