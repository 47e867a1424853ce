using JupyterHub.Core.Configuration;
using JupyterHub.Core.Diagnostics;

namespace JupyterHub.Core.Servers;

/// <summary>Whether named servers may be made, started or renamed as somebody wants (contract 10).</summary>
internal sealed class NamedServerRules(JupyterHubOptions options)
{
    /// <summary>Checks a server that is to be made or started.</summary>
    /// <param name="key">The server; the default server needs no permission.</param>
    /// <param name="exists">It has a row already.</param>
    /// <param name="namedServers">Named servers that its owner has.</param>
    /// <param name="displayName">The display name that was chosen for it, if any.</param>
    /// <exception cref="ServerOperationException">It is against the rules.</exception>
    public void CheckUse(ServerKey key, bool exists, int namedServers, string? displayName)
    {
        if (key.ServerName.Length == 0)
        {
            return;
        }

        CheckEnabled();
        if (!exists)
        {
            CheckLimit(key, namedServers);
            CheckNewName(key.ServerName);
        }

        CheckDisplayName(displayName);
        CheckOldName(key.ServerName);
    }

    /// <summary>Checks a stop or a removal.</summary>
    /// <exception cref="ServerOperationException">It is against the rules.</exception>
    public void CheckEnd(ServerKey key, bool remove)
    {
        if (key.ServerName.Length > 0)
        {
            CheckEnabled();
        }
        else if (remove)
        {
            throw ServerOperationException.Forbidden("Cannot delete the default server");
        }
    }

    /// <summary>Checks a change before anything of it is made.</summary>
    /// <param name="key">The server that is to change.</param>
    /// <param name="exists">It has a row; the default server may do without.</param>
    /// <param name="isTaken">There is a server of the new name.</param>
    /// <param name="namedServers">Named servers that its owner has.</param>
    /// <param name="change">What is to change.</param>
    /// <exception cref="ServerOperationException">It is against the rules.</exception>
    public void CheckChange(ServerKey key, bool exists, bool isTaken, int namedServers, ServerChange change)
    {
        if (change.Name is { } name)
        {
            CheckEnabled();

            // A renamed default server is followed by a new one: there is one named server more.
            if (key.ServerName.Length == 0 && !isTaken)
            {
                CheckLimit(key, namedServers);
            }

            // That the default server's name is always taken is said by whoever looks for it.
            if (!isTaken && name.Length > 0)
            {
                CheckNewName(name);
            }
        }
        else if (change.DisplayName is { Length: > 0 })
        {
            CheckEnabled();
            if (key.ServerName.Length == 0)
            {
                throw ServerOperationException.Forbidden("Invalid display_name: the default server has none");
            }

            if (!exists)
            {
                CheckNewName(key.ServerName);
            }

            CheckOldName(key.ServerName);
        }

        CheckDisplayName(change.DisplayName);
    }

    private static void CheckNewName(string name)
    {
        if (!ServerNames.IsValid(name))
        {
            throw ServerOperationException.Forbidden($"Invalid server_name: '{LogText.Bound(name)}'");
        }
    }

    private static void CheckDisplayName(string? displayName)
    {
        if (displayName is { Length: > 0 } && ServerNames.NormalizeDisplayName(displayName) is null)
        {
            throw ServerOperationException.Forbidden($"Invalid display_name: '{LogText.Bound(displayName)}'");
        }
    }

    private void CheckEnabled()
    {
        if (!options.AllowNamedServers)
        {
            throw ServerOperationException.Forbidden("Named servers are not enabled.");
        }
    }

    private void CheckLimit(ServerKey key, int namedServers)
    {
        var limit = options.NamedServerLimitPerUser;
        if (limit > 0 && namedServers >= limit)
        {
            throw ServerOperationException.Forbidden(
                $"User {key.UserName} already has the maximum of {limit} named servers.  One must be deleted before a new server can be created");
        }
    }

    private void CheckOldName(string name)
    {
        if (options.AllowExistingInvalidNamedServers != InvalidServerNames.AllowStart && !ServerNames.IsValid(name))
        {
            throw ServerOperationException.Forbidden($"Starting invalid server_name '{LogText.Bound(name)}' is disabled, contact your administrator");
        }
    }
}
