using JupyterHub.Core.Services;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Tests.Services;

/// <summary>Starts processes that end when the test says so.</summary>
internal sealed class ScriptedLauncher : IServiceLauncher
{
    private readonly Lock gate = new();
    private readonly List<ScriptedProcess> started = [];

    /// <summary>Why no process can be started; null if it can.</summary>
    public string? Refusal { get; set; }

    public int Attempts { get; private set; }

    public IReadOnlyList<ScriptedProcess> Started
    {
        get
        {
            lock (gate)
            {
                return [.. started];
            }
        }
    }

    public int FindPort(string host) => 4000 + Attempts;

    public Task<IServiceProcess> StartAsync(ServiceLaunch launch, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Attempts++;
            if (Refusal is { } refusal)
            {
                throw new SpawnException(refusal);
            }

            var process = new ScriptedProcess(100 + started.Count, launch);
            started.Add(process);
            return Task.FromResult<IServiceProcess>(process);
        }
    }

    public Task EndLeftoversAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
