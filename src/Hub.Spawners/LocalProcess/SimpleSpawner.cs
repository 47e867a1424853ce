using JupyterHub.Core.Configuration;
using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.ServerEnvironment;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Spawners.LocalProcess;

/// <summary>Starts all servers as the hub's own system user, each user in a home folder of its own. Nothing keeps users from each other.</summary>
internal sealed class SimpleSpawner(SimpleSpawnerOptions options, HubDataFolder folder, TimeProvider time, ILogger<SimpleSpawner> logger) : ISpawner
{
    private const string Shell = "/bin/bash";

    private readonly LocalServers servers = new(options, folder.Path, time, logger);

    public Task<SpawnedServer> StartAsync(SpawnRequest request, CancellationToken cancellationToken)
    {
        Platform.Require();
        var account = new ServerAccount(request.UserName, MakeHome(request.UserName), File.Exists(Shell) ? Shell : "/bin/sh", SwitchTo: null);
        return servers.StartAsync(request, account, cancellationToken);
    }

    public Task<ServerCondition> PollAsync(ServerReference server, CancellationToken cancellationToken) => servers.PollAsync(server, cancellationToken);

    public Task StopAsync(ServerReference server, CancellationToken cancellationToken) => servers.StopAsync(server, cancellationToken);

    private string MakeHome(string userName)
    {
        var template = options.HomeDirTemplate.Length > 0 ? options.HomeDirTemplate : Path.Combine("homes", "{username}");
        var home = Path.GetFullPath(Template.Fill(template, ("username", FolderNames.Of(userName))), folder.Path);
        try
        {
            PrivateFiles.CreateFolder(home);
            return home;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SpawnException("The user's home folder cannot be made (JupyterHub:Spawner:HomeDirTemplate).", exception);
        }
    }
}
