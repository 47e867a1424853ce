using System.Globalization;

namespace JupyterHub.Core.Processes;

/// <summary>Finds processes that outlived the one whose session they belong to.</summary>
internal static class SessionMembers
{
    /// <summary>
    /// Living members of a session whose leader is dead. The system gives the leader's pid to nobody while the session has members; that
    /// they carry its mark in their environment is asked for as well, before anybody signals them.
    /// </summary>
    public static IEnumerable<int> Of(int leader, ProcessMark mark)
    {
        if (ProcessStat.Read(leader) is { IsAlive: true })
        {
            yield break;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && ProcessStat.Read(pid) is { IsAlive: true } stat
                && stat.Session == leader
                && ProcessEnvironment.Has(pid, mark))
            {
                yield return pid;
            }
        }
    }
}
