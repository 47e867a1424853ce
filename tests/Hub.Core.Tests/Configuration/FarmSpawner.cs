using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Tests.Configuration;

internal sealed class FarmSpawner(FarmOptions options, TimeProvider time) : ISpawner, IDisposable
{
    public FarmOptions Options => options;

    public TimeProvider Time => time;

    public bool IsDisposed { get; private set; }

    public Task<SpawnedServer> StartAsync(SpawnRequest request, CancellationToken cancellationToken) => throw new SpawnException("The farm is closed.");

    public Task<ServerCondition> PollAsync(ServerReference server, CancellationToken cancellationToken) => Task.FromResult(ServerCondition.Exited(0));

    public Task StopAsync(ServerReference server, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => IsDisposed = true;
}
