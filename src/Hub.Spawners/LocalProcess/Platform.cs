using JupyterHub.Core.Spawning;

namespace JupyterHub.Spawners.LocalProcess;

/// <summary>Local servers need sessions, signals and <c>/proc</c>.</summary>
internal static class Platform
{
    /// <exception cref="SpawnException">This is not Linux.</exception>
    public static void Require()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new SpawnException("Local servers run on Linux only.");
        }
    }
}
