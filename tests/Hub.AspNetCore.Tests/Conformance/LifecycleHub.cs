namespace JupyterHub.AspNetCore.Tests.Conformance;

/// <summary>A fresh hub as lifecycle-hub.json configures it; its patience, and that of slow servers, ends when the player says so.</summary>
internal sealed class LifecycleHub : IAsyncDisposable
{
    public const double SlowSpawn = 601;
    public const double SlowStop = 602;
    public const double Http = 603;

    private readonly TestFolder folder = new();
    private readonly HeldTime time = new(SlowSpawn, SlowStop, Http);

    private LifecycleHub()
    {
    }

    public HubHost Host { get; private set; } = null!;

    private string Gate => folder.Combine("open");

    public static async Task<LifecycleHub> StartAsync()
    {
        var hub = new LifecycleHub();
        hub.Host = await HubHost.StartAsync(hub.Configure);
        return hub;
    }

    /// <summary>Lets servers listen that are slow to do so.</summary>
    public void LetSlowServersListen() => File.WriteAllText(Gate, "");

    /// <summary>Ends the hub's patience with a start, a stop or a server that does not answer.</summary>
    public Task EndAsync(double patience) => time.EndAsync(patience);

    /// <summary>A server that does not end when it is asked to is killed.</summary>
    public void EndPolitePart() => time.Leap(TimeSpan.FromHours(2));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folder.Dispose();
    }

    private void Configure(HubSetup setup)
    {
        setup.ConfigurationFile = "lifecycle-hub.json";
        setup.Services = builder => builder.Services.AddSingleton<TimeProvider>(time);
        foreach (var (key, value) in new[]
        {
            ("SlowSpawnTimeout", $"{SlowSpawn}"), ("SlowStopTimeout", $"{SlowStop}"), ("Spawner:HttpTimeout", $"{Http}"), ("Spawner:StartTimeout", "3600"), ("Spawner:InterruptTimeout", "3600"),
            ("Spawner:Command:0", "/usr/bin/python3"), ("Spawner:Command:1", Repository.Data("mock_singleuser.py")), ("Spawner:Environment:MOCK_GATE", Gate),
        })
        {
            setup.Settings[key] = value;
        }
    }
}
