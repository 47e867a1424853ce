using System.ComponentModel;
using System.Globalization;
using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.Ports;
using JupyterHub.Spawners.ServerEnvironment;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Spawners.LocalProcess;

/// <summary>Starts, watches and stops servers as processes of this machine; what the local spawners share.</summary>
internal sealed class LocalServers(LocalProcessSpawnerOptions options, string dataFolder, TimeProvider time, ILogger logger)
{
    private readonly FreePorts ports = new(time);
    private readonly ServerLogs logs = new(dataFolder);
    private readonly LocalProcesses processes = new(time, logger);

    public async Task<SpawnedServer> StartAsync(SpawnRequest request, ServerAccount account, CancellationToken cancellationToken)
    {
        request.Observer.Report("Spawning server...", 50);
        var port = options.Port == 0 ? ports.Take(options.Ip) : options.Port;
        var variables = Variables(request, account, port);
        var command = await ServerCommand.BuildAsync(options, account, variables, PrepareLog(request));
        cancellationToken.ThrowIfCancellationRequested();
        var (identity, process) = processes.Launch(command, request.ToString());
        Log.Started(logger, identity.Pid);
        try
        {
            await request.Observer.SaveStateAsync(identity.ToState(), CancellationToken.None);
            await LocalProcesses.LetGoAsync(process);
        }
        catch
        {
            Signals.SendToGroup(identity.Pid, Signals.Kill);
            throw;
        }

        return new SpawnedServer(new Uri($"http://{ConnectHost()}:{port.ToString(CultureInfo.InvariantCulture)}"), identity.ToState());
    }

    public async Task<ServerCondition> PollAsync(ServerReference server, CancellationToken cancellationToken)
    {
        if (ProcessIdentity.From(server.State) is not { } identity)
        {
            return ServerCondition.Exited(null);
        }

        return identity.IsAlive(MarkOf(server))
            ? ServerCondition.Running
            : ServerCondition.Exited(await processes.ExitStatusOfAsync(identity, cancellationToken), logs.Tail(server.UserName, server.ServerName));
    }

    /// <exception cref="IOException">The process outlived SIGKILL.</exception>
    /// <exception cref="Win32Exception">The hub may not signal the process.</exception>
    public Task StopAsync(ServerReference server, CancellationToken cancellationToken) => ProcessIdentity.From(server.State) is { } identity
        ? processes.StopAsync(identity, MarkOf(server), Patience, cancellationToken)
        : Task.CompletedTask;

    private static ProcessMark MarkOf(ServerReference server) => ProcessMark.OfServer(server.UserName, server.ServerName);

    private StopPatience Patience => new(
        TimeSpan.FromSeconds(options.InterruptTimeout), TimeSpan.FromSeconds(options.TermTimeout), TimeSpan.FromSeconds(options.KillTimeout));

    private Dictionary<string, string> Variables(SpawnRequest request, ServerAccount account, int port)
    {
        var variables = ServerVariables.Build(request, options, port);
        foreach (var (name, value) in ((string, string)[])[("USER", account.User), ("HOME", account.Home), ("SHELL", account.Shell)])
        {
            if (value.Length > 0)
            {
                variables[name] = value;
            }
        }

        return variables;
    }

    private string PrepareLog(SpawnRequest request)
    {
        try
        {
            return logs.Begin(request.UserName, request.ServerName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SpawnException("The hub cannot write this server's log in its data folder.", exception);
        }
    }

    private string ConnectHost() => options.Ip switch
    {
        "" or "0.0.0.0" => "127.0.0.1",
        "::" or "[::]" => "[::1]",
        _ => ServerVariables.UrlHost(options.Ip),
    };
}
