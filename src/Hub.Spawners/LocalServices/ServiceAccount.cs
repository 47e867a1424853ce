using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.LocalProcess;

namespace JupyterHub.Spawners.LocalServices;

/// <summary>The system user that a service was declared to run as.</summary>
/// <param name="System">The user.</param>
/// <param name="IsOwn">It is the hub's own, so there is nothing to switch.</param>
internal sealed record ServiceAccount(SystemAccount System, bool IsOwn)
{
    /// <summary>What programs expect to know of their user.</summary>
    public IEnumerable<(string Name, string Value)> Variables =>
        new[] { ("USER", System.Name), ("HOME", System.Home), ("SHELL", System.Shell) }.Where(variable => variable.Item2.Length > 0);

    /// <summary>The account of a declared name; null where none is declared.</summary>
    /// <exception cref="SpawnException">There is no such system user, or the hub cannot become it.</exception>
    public static ServiceAccount? Of(string? user, bool isRoot, string ownName)
    {
        if (user is null)
        {
            return null;
        }

        var account = SystemAccount.Find(user) ?? throw new SpawnException($"There is no system user {user} (User).");
        if (account.Name == ownName)
        {
            return new ServiceAccount(account, IsOwn: true);
        }

        if (!isRoot)
        {
            throw new SpawnException($"The hub runs as {ownName} and cannot become the system user {user} (User); leave User out, or run the hub as root.");
        }

        return account.UserId == 0
            ? throw new SpawnException($"The system user {user} (User) is another name of the superuser; name one that is not.")
            : new ServiceAccount(account, IsOwn: false);
    }
}
