using System.Text.Json.Nodes;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Servers;

/// <summary>Gives a stopped server another name: first to what its spawner keeps, then to its row.</summary>
internal sealed class ServerRename(ServerTools tools, ServerRow row, ServerChange change)
{
    /// <exception cref="ServerOperationException">The change was refused; nothing was changed.</exception>
    /// <exception cref="SpawnException">The spawner refused; nothing was changed.</exception>
    public async Task RunAsync()
    {
        // A default server that was never started has no row that another hub could hold.
        if (row.SpawnerId is { } wanted && !await tools.Leases.TryAcquireAsync(wanted, CancellationToken.None))
        {
            throw ServerOperationException.OwnedElsewhere(row.Key);
        }

        try
        {
            await RenameAsync();
        }
        finally
        {
            if (row.SpawnerId is { } held)
            {
                await tools.Leases.ReleaseAsync(held, CancellationToken.None);
            }
        }
    }

    private async Task RenameAsync()
    {
        var (from, to) = (row.Key.ServerName, change.Name!);
        await tools.Spawner.RenameAsync(Reference(from), to, CancellationToken.None);
        try
        {
            await tools.Inventory.ChangeAsync(row.Key, change, CancellationToken.None);
        }
        catch
        {
            // Somebody took the name meanwhile, or the database is away: the spawner's things keep the old name too.
            await tools.Spawner.RenameAsync(Reference(to), from, CancellationToken.None);
            throw;
        }
    }

    private ServerReference Reference(string name) => new(row.Key.UserName, name, (JsonObject)row.State.DeepClone());
}
