using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.Ports;
using JupyterHub.Spawners.ServerEnvironment;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Spawners.LocalProcess;

/// <summary>Starts, watches and stops servers as processes of this machine; what the local spawners share.</summary>
internal sealed class LocalServers(LocalProcessSpawnerOptions options, string dataFolder, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan DeathPoll = TimeSpan.FromMilliseconds(50);

    private readonly FreePorts ports = new(time);
    private readonly ServerLogs logs = new(dataFolder);
    private readonly Children children = new();

    public async Task<SpawnedServer> StartAsync(SpawnRequest request, ServerAccount account, CancellationToken cancellationToken)
    {
        request.Observer.Report("Spawning server...", 50);
        var port = options.Port == 0 ? ports.Take(options.Ip) : options.Port;
        var variables = Variables(request, account, port);
        var command = await ServerCommand.BuildAsync(options, account, variables, PrepareLog(request));
        cancellationToken.ThrowIfCancellationRequested();
        var (identity, process) = Launch(command, request);
        try
        {
            await request.Observer.SaveStateAsync(identity.ToState(), CancellationToken.None);
            await LetGoAsync(process);
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

        return identity.IsAlive(server.UserName, server.ServerName)
            ? ServerCondition.Running
            : ServerCondition.Exited(await children.ExitStatusOfAsync(identity, cancellationToken), logs.Tail(server.UserName, server.ServerName));
    }

    /// <exception cref="IOException">The process outlived SIGKILL.</exception>
    /// <exception cref="Win32Exception">The hub may not signal the process.</exception>
    public async Task StopAsync(ServerReference server, CancellationToken cancellationToken)
    {
        if (ProcessIdentity.From(server.State) is not { } identity)
        {
            return;
        }

        var gone = await EndsAfterAsync(Signals.Interrupt, options.InterruptTimeout, identity, server, cancellationToken)
            || await EndsAfterAsync(Signals.Terminate, options.TermTimeout, identity, server, cancellationToken)
            || await EndsAfterAsync(Signals.Kill, options.KillTimeout, identity, server, cancellationToken);
        if (!gone)
        {
            throw new IOException($"Process {identity.Pid} still runs after SIGKILL.");
        }

        children.Forget(identity);
        EndSession(identity, server);
    }

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

    private (ProcessIdentity Identity, Process Process) Launch(ProcessStartInfo command, SpawnRequest request)
    {
        Process process;
        try
        {
            InheritedFiles.KeepFromChildren();
            process = Process.Start(command)!;
        }
        catch (Win32Exception exception)
        {
            throw new SpawnException($"The system could not start a process for {request}: {exception.Message}", exception);
        }

        process.StandardOutput.Close();
        process.StandardError.Close();
        // A child stays visible until it is reaped; one that is gone that fast cannot be told from another, so it is not kept.
        var identity = ProcessIdentity.Of(process.Id) ?? new ProcessIdentity(process.Id, 0, null);
        children.Add(identity, process);
        Log.Started(logger, identity.Pid);
        return (identity, process);
    }

    /// <summary>The process is known for good: the waiting shell may become the server.</summary>
    private static async Task LetGoAsync(Process process)
    {
        try
        {
            await process.StandardInput.WriteLineAsync();
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It died while it waited; the next look finds out.
        }
    }

    private async Task<bool> EndsAfterAsync(int signal, double seconds, ProcessIdentity identity, ServerReference server, CancellationToken cancellationToken)
    {
        if (!identity.IsAlive(server.UserName, server.ServerName))
        {
            return true;
        }

        Log.Signalled(logger, identity.Pid, signal);
        Signals.SendToGroup(identity.Pid, signal);
        var limit = TimeSpan.FromSeconds(seconds);
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < limit;)
        {
            if (!identity.IsAlive(server.UserName, server.ServerName))
            {
                return true;
            }

            await Task.Delay(DeathPoll, time, cancellationToken);
        }

        return !identity.IsAlive(server.UserName, server.ServerName);
    }

    /// <summary>Ends what a server left behind in its session, such as a shell in a terminal.</summary>
    private void EndSession(ProcessIdentity leader, ServerReference server)
    {
        foreach (var member in SessionMembers.Of(leader.Pid, server.UserName, server.ServerName))
        {
            Log.Signalled(logger, member, Signals.Kill);
            Signals.Send(member, Signals.Kill);
        }
    }

    private string ConnectHost() => options.Ip switch
    {
        "" or "0.0.0.0" => "127.0.0.1",
        "::" or "[::]" => "[::1]",
        _ => ServerVariables.UrlHost(options.Ip),
    };
}
