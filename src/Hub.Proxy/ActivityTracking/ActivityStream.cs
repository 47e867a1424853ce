namespace JupyterHub.Proxy.ActivityTracking;

/// <summary>Passes a stream through and marks its route whenever bytes move, in either direction.</summary>
/// <param name="inner">Where the bytes come from and go to.</param>
/// <param name="activity">What is marked.</param>
/// <param name="ended">Called when there is no more to be read, after everything before was.</param>
/// <param name="givenUp">Called when whoever writes gives up, before the stream itself learns of it.</param>
internal sealed class ActivityStream(Stream inner, RouteActivity activity, Action? ended = null, Action? givenUp = null) : Stream
{
    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanTimeout => inner.CanTimeout;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = 0;
        try
        {
            return read = await inner.ReadAsync(buffer, cancellationToken);
        }
        finally
        {
            MarkIf(read > 0);
            if (read == 0 && !buffer.IsEmpty)
            {
                ended?.Invoke();
            }
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var writing = inner.WriteAsync(buffer, cancellationToken);
        using (Watch(writing.IsCompleted, cancellationToken))
        {
            await writing;
        }

        MarkIf(buffer.Length > 0);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        MarkIf(read > 0);
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        inner.Write(buffer, offset, count);
        MarkIf(count > 0);
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        var flushing = inner.FlushAsync(cancellationToken);
        using (Watch(flushing.IsCompleted, cancellationToken))
        {
            await flushing;
        }
    }

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // Who registered last is told first: before the stream, which did so in the call that is waited for.
    private CancellationTokenRegistration Watch(bool isOver, CancellationToken cancellationToken) =>
        isOver || givenUp is null ? default : cancellationToken.UnsafeRegister(static told => ((Action)told!)(), givenUp);

    private void MarkIf(bool moved)
    {
        if (moved)
        {
            activity.Mark();
        }
    }
}
