using JupyterHub.Core.Configuration;
using JupyterHub.Core.Services;
using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.LocalProcess;
using JupyterHub.Spawners.Ports;
using JupyterHub.Spawners.ServerEnvironment;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Spawners.LocalServices;

/// <summary>Runs services as processes of the hub's own machine, as the hub's system user or, where the hub is root, as another.</summary>
internal sealed class ServiceLauncher(HubDataFolder folder, TimeProvider time, ILogger<ServiceLauncher> logger) : IServiceLauncher
{
    private readonly FreePorts ports = new(time);
    private readonly ServiceRecords records = new(folder.Path);
    private readonly LocalProcesses processes = new(time, logger);

    public int FindPort(string host) => ports.Take(host);

    public async Task<IServiceProcess> StartAsync(ServiceLaunch launch, CancellationToken cancellationToken)
    {
        Platform.Require();
        var account = ServiceAccount.Of(launch.User, Environment.IsPrivilegedProcess, Environment.UserName);
        var directory = FolderOf(launch);
        var variables = Variables(launch, account);
        if (!Programs.IsThere(launch.Command[0], variables.GetValueOrDefault("PATH"), directory))
        {
            throw new SpawnException($"Its program `{launch.Command[0]}` was not found, or is not executable.");
        }

        await EndLeftoverAsync(launch.Name, cancellationToken);
        var (identity, process) = processes.Launch(
            await DetachedCommand.BuildAsync(launch.Command, directory, account?.IsOwn == false ? account.System : null, variables, BeginLog(launch.Name)), launch.Name);
        try
        {
            records.Save(launch.Name, identity);
            await LocalProcesses.LetGoAsync(process);
        }
        catch
        {
            Signals.SendToGroup(identity.Pid, Signals.Kill);
            throw;
        }

        return new ServiceProcess(launch.Name, identity, processes, records, time, logger);
    }

    public async Task EndLeftoversAsync(CancellationToken cancellationToken)
    {
        foreach (var name in records.Names())
        {
            await EndLeftoverAsync(name, cancellationToken);
        }
    }

    private static string FolderOf(ServiceLaunch launch)
    {
        var directory = launch.Folder ?? Environment.CurrentDirectory;
        return Directory.Exists(directory) ? directory : throw new SpawnException($"Its working folder {directory} (Cwd) does not exist.");
    }

    private static Dictionary<string, string> Variables(ServiceLaunch launch, ServiceAccount? account)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in ServerVariables.InheritedByLocalServers)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables[name] = value;
            }
        }

        foreach (var (name, value) in launch.Environment)
        {
            variables[name] = value;
        }

        foreach (var (name, value) in account?.Variables ?? [])
        {
            variables[name] = value;
        }

        return variables;
    }

    private string BeginLog(string name)
    {
        try
        {
            return records.BeginLog(name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SpawnException("The hub cannot write its log in the data folder.", exception);
        }
    }

    /// <summary>The token of a process that an earlier hub started, and its settings, may be yesterday's: it is ended rather than kept.</summary>
    private async Task EndLeftoverAsync(string name, CancellationToken cancellationToken)
    {
        if (records.Find(name) is not { } identity)
        {
            return;
        }

        var mark = ProcessMark.OfService(name);
        if (identity.IsAlive(mark))
        {
            Log.Leftover(logger, identity.Pid);
        }

        await processes.StopAsync(identity, mark, ServiceProcess.Patience, cancellationToken);
        records.Remove(name);
    }
}
