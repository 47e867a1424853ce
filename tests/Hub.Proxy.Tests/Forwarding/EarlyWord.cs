using System.IO.Pipelines;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.Tests.Forwarding;

/// <summary>A host where a request that is broken off knows of it before whoever broke it off goes on, which elsewhere is a matter of luck.</summary>
internal sealed class EarlyWord(IHttpRequestLifetimeFeature lifetime, IHttpResetFeature? reset, IHttpResponseBodyFeature body)
    : IHttpRequestLifetimeFeature, IHttpResetFeature, IHttpResponseBodyFeature
{
    public CancellationToken RequestAborted
    {
        get => lifetime.RequestAborted;
        set => lifetime.RequestAborted = value;
    }

    public Stream Stream => new Body(body.Stream, lifetime);

    public PipeWriter Writer => body.Writer;

    public static void Use(IApplicationBuilder app) => app.Use((context, next) =>
    {
        var reset = context.Features.Get<IHttpResetFeature>();
        var early = new EarlyWord(
            context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>(), reset, context.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        context.Features.Set<IHttpRequestLifetimeFeature>(early);
        context.Features.Set<IHttpResponseBodyFeature>(early);
        if (reset is not null)
        {
            context.Features.Set<IHttpResetFeature>(early);
        }

        return next(context);
    });

    public void Abort() => UntilKnown(lifetime.Abort);

    public void Reset(int errorCode) => UntilKnown(() => reset!.Reset(errorCode));

    public void DisableBuffering() => body.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => body.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => body.SendFileAsync(path, offset, count, cancellationToken);

    public Task CompleteAsync() => body.CompleteAsync();

    private void UntilKnown(Action end)
    {
        var aborted = lifetime.RequestAborted;
        end();
        Assert.True(aborted.WaitHandle.WaitOne(Eventually.Deadline));
    }

    /// <summary>Kestrel takes the connection down when a write is given up.</summary>
    private sealed class Body(Stream inner, IHttpRequestLifetimeFeature lifetime) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                await inner.WriteAsync(buffer, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                await Eventually.TrueAsync("the connection to be taken down", () => lifetime.RequestAborted.IsCancellationRequested);
                throw;
            }
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
