using System.Net;

namespace JupyterHub.Proxy.Tests.Hosts;

/// <summary>A request's body that a test writes byte by byte while the answer comes.</summary>
internal sealed class HandWrittenContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task WriteAsync(params byte[] bytes)
    {
        var target = await stream.Task;
        await target.WriteAsync(bytes);
        await target.FlushAsync();
    }

    public void End() => end.SetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.FlushAsync();
        this.stream.SetResult(stream);
        await end.Task;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
