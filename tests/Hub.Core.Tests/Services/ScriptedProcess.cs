using JupyterHub.Core.Services;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Tests.Services;

internal sealed class ScriptedProcess(int pid, ServiceLaunch launch) : IServiceProcess
{
    private readonly TaskCompletionSource<ServerCondition> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Pid => pid;

    public ServiceLaunch Launch => launch;

    public bool IsStopped { get; private set; }

    public void End(int status) => ended.SetResult(ServerCondition.Exited(status));

    public Task<ServerCondition> WaitForExitAsync(CancellationToken cancellationToken) => ended.Task.WaitAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken)
    {
        IsStopped = true;
        return Task.CompletedTask;
    }
}
