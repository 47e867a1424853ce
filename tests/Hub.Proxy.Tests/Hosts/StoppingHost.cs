using Microsoft.Extensions.Hosting;

namespace JupyterHub.Proxy.Tests.Hosts;

/// <summary>A host that stops when a test says so.</summary>
internal sealed class StoppingHost : IHostApplicationLifetime, IDisposable
{
    private readonly CancellationTokenSource stopping = new();

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => stopping.Cancel();

    public Task StopAsync() => stopping.CancelAsync();

    public void Dispose() => stopping.Dispose();
}
