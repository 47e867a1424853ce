using System.Globalization;
using System.Text.Json.Nodes;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.LocalProcess;
using JupyterHub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Spawners.Tests.LocalProcess;

/// <summary>Real spawners in a data folder of the test's own. Whatever they started is gone when the test is.</summary>
internal sealed class Machine : IAsyncDisposable
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    private readonly TestFolder folder = new();
    private readonly List<ServerReference> started = [];
    private readonly Lock gate = new();

    public Machine()
    {
        Data = folder.Combine("data");
        Directory.CreateDirectory(Data);
        Simple = NewSimple();
    }

    public string Data { get; }

    public SimpleSpawnerOptions Options { get; } = new()
    {
        Ip = LoopbackAddress.New(),
        InterruptTimeout = Eventually.Deadline.TotalSeconds,
        TermTimeout = Eventually.Deadline.TotalSeconds,
        KillTimeout = Eventually.Deadline.TotalSeconds,
    };

    public SimpleSpawner Simple { get; }

    public Observer Observer { get; } = new();

    /// <summary>A spawner as the next hub has it: it started none of the processes itself.</summary>
    public SimpleSpawner NewSimple() => new(Options, new HubDataFolder(Data), TimeProvider.System, NullLogger<SimpleSpawner>.Instance);

    public LocalProcessSpawner NewLocal() => new(Options, new HubDataFolder(Data), TimeProvider.System, NullLogger<LocalProcessSpawner>.Instance);

    public SpawnRequest Request(string user = "ada", string server = "", JsonObject? options = null) => new()
    {
        UserName = user,
        ServerName = server,
        ServicePrefix = $"/user/{user}/",
        BasePath = "/",
        HubEnvironment = new Dictionary<string, string>
        {
            ["JUPYTERHUB_API_TOKEN"] = Token,
            ["JUPYTERHUB_USER"] = user,
            ["JUPYTERHUB_SERVER_NAME"] = server,
            ["JUPYTERHUB_SERVICE_PREFIX"] = $"/user/{user}/",
        },
        UserOptions = options ?? [],
        Observer = Observer,
    };

    public async Task<ServerReference> StartAsync(ISpawner? spawner = null, string user = "ada", string server = "", JsonObject? options = null)
    {
        var spawned = await (spawner ?? Simple).StartAsync(Request(user, server, options), CancellationToken.None);
        Address = spawned.Address;
        var reference = new ServerReference(user, server, spawned.State);
        Keep(reference);
        return reference;
    }

    /// <summary>Where the server that was started last listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Starts a shell script as the server.</summary>
    public Task<ServerReference> RunAsync(string script, string user = "ada")
    {
        Options.Command = ["/bin/sh", "-c", script];
        return StartAsync(user: user);
    }

    public void Keep(ServerReference server)
    {
        lock (gate)
        {
            started.Add(server);
        }
    }

    public static int Pid(ServerReference server) => server.State["pid"]!.GetValue<int>();

    public static bool Lives(int pid) => ProcessStat.Read(pid) is { IsAlive: true };

    public static string Proc(int pid, string file) => $"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/{file}";

    public static Dictionary<string, string> EnvironmentOf(int pid) =>
        File.ReadAllText(Proc(pid, "environ")).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('=', 2))
            .ToDictionary(entry => entry[0], entry => entry[1], StringComparer.Ordinal);

    /// <summary>Waits until the server's own program has replaced the programs that lead to it.</summary>
    public static Task UntilRunsAsync(int pid, string program) => UntilAsync(() => CommandLine(pid).StartsWith(program, StringComparison.Ordinal));

    public static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText(Proc(pid, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

    public static Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(condition);

    public async Task<ServerCondition> UntilExitedAsync(ServerReference server, ISpawner? spawner = null)
    {
        var condition = ServerCondition.Running;
        await UntilAsync(() => !Lives(Pid(server)));
        condition = await (spawner ?? Simple).PollAsync(server, CancellationToken.None);
        Assert.False(condition.IsRunning);
        return condition;
    }

    public async ValueTask DisposeAsync()
    {
        (Options.InterruptTimeout, Options.TermTimeout) = (0, 0);
        foreach (var server in started)
        {
            await Simple.StopAsync(server, CancellationToken.None);
            Assert.False(Lives(Pid(server)));
        }

        folder.Dispose();
    }
}
