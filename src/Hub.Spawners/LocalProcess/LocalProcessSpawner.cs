using JupyterHub.Core.Configuration;
using JupyterHub.Core.Spawning;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Spawners.LocalProcess;

/// <summary>Starts servers as system users of the same names: as root by switching to them, otherwise only for the hub's own user.</summary>
internal sealed class LocalProcessSpawner(LocalProcessSpawnerOptions options, HubDataFolder folder, TimeProvider time, ILogger<LocalProcessSpawner> logger) : ISpawner
{
    private readonly LocalServers servers = new(options, folder.Path, time, logger);

    public Task<SpawnedServer> StartAsync(SpawnRequest request, CancellationToken cancellationToken)
    {
        Platform.Require();
        return servers.StartAsync(request, AccountOf(request.UserName, Environment.IsPrivilegedProcess, Environment.UserName), cancellationToken);
    }

    public Task<ServerCondition> PollAsync(ServerReference server, CancellationToken cancellationToken) => servers.PollAsync(server, cancellationToken);

    public Task StopAsync(ServerReference server, CancellationToken cancellationToken) => servers.StopAsync(server, cancellationToken);

    /// <exception cref="SpawnException">There is no such system user, or the hub cannot become it.</exception>
    internal static ServerAccount AccountOf(string userName, bool isRoot, string ownName)
    {
        var account = SystemAccount.Find(userName);
        if (!isRoot && account?.Name != ownName)
        {
            throw new SpawnException(
                "The hub does not run as root, so its spawner `local` can start servers for its own system user only. Run the hub as root or choose another spawner (JupyterHub:Spawner:Type), such as `simple`.");
        }

        if (account is null)
        {
            throw new SpawnException("There is no system user of this name. Create one, or choose another spawner (JupyterHub:Spawner:Type), such as `simple`.");
        }

        if (account.UserId == 0)
        {
            throw new SpawnException("The spawner `local` starts no server as the system's superuser: whoever signs in under that name would own the machine.");
        }

        return new ServerAccount(account.Name, account.Home, account.Shell, isRoot ? account : null);
    }
}
