using System.IO.Pipelines;
using System.Text.Json.Nodes;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Forwarding.Direct;
using JupyterHub.Proxy.Routing;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.Tests.Forwarding.Direct;

/// <summary>How a request is ended from several sides at once.</summary>
public class DirectExchangeTests
{
    [Fact]
    public async Task Whoever_ends_a_request_second_does_not_wait_for_what_the_first_one_sets_going()
    {
        DirectExchange? exchange = null;
        var second = Task.CompletedTask;

        // Where continuations run inline, the rest of the request runs here, and disposes of what the second one was called by.
        var context = ContextWith(new EndingWriter(() =>
        {
            second = Task.Run(() => exchange!.End(EndReason.Silent));
            Eventually.Within(second).GetAwaiter().GetResult();
        }));
        exchange = new DirectExchange(context, Route());
        await Task.Run(() => exchange.End(EndReason.Cancelled));
        Assert.True(second.IsCompletedSuccessfully);
        Assert.Equal(EndReason.Cancelled, exchange.Reason);
    }

    [Fact]
    public void A_concluded_request_touches_nothing_any_more()
    {
        var touched = 0;
        var exchange = new DirectExchange(ContextWith(new EndingWriter(() => touched++)), Route());
        exchange.Conclude();
        exchange.End(EndReason.Silent);
        Assert.Equal(0, touched);
    }

    [Fact]
    public async Task An_answer_that_only_its_connections_end_delimits_is_not_whole_when_that_end_is_ours()
    {
        var options = new ForwardingOptions();
        using var connections = new UpstreamConnections(new UpstreamConnector(options, TimeProvider.System), options, TimeProvider.System);
        var exchange = new DirectExchange(new DefaultHttpContext(), Route());

        // As a socket does that is closed while somebody receives: no error, no more bytes.
        using var connection = new UpstreamConnection(new MemoryStream(), connections);
        connection.Begin(exchange);
        exchange.End(EndReason.Silent);
        var relay = new AnswerRelay(exchange, connection, exchange.Context, null, longestTrailers: 1000);
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await relay.RunAsync(new AnswerFraming(AnswerBody.UntilClose, 0, false)));
    }

    private static RouteEntry Route()
    {
        Assert.True(UpstreamTarget.TryParse("http://127.0.0.1:1", out var target, out _));
        return new RouteEntry(Routespec.Parse("/user/ada/"), target, new JsonObject(), TimeProvider.System);
    }

    private static DefaultHttpContext ContextWith(PipeWriter writer)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseFeature>(new StartedResponse());
        context.Features.Set<IHttpResponseBodyFeature>(new ScriptedBody(new StreamResponseBodyFeature(Stream.Null), writer));
        return context;
    }

    private sealed class StartedResponse : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }

    private sealed class EndingWriter(Action whenCancelled) : PipeWriter
    {
        public override void CancelPendingFlush() => whenCancelled();

        public override void Advance(int bytes) => throw new NotSupportedException();

        public override void Complete(Exception? exception = null)
        {
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();

        public override Span<byte> GetSpan(int sizeHint = 0) => throw new NotSupportedException();
    }
}
