namespace JupyterHub.AspNetCore.Hosting;

/// <summary>Tells what would otherwise hold the application open, such as event streams, that it goes down.</summary>
internal sealed class ShutdownSignal : IDisposable
{
    private readonly CancellationTokenSource source = new();

    public CancellationToken Token => source.Token;

    public void Set() => source.Cancel();

    public void Dispose() => source.Dispose();
}
