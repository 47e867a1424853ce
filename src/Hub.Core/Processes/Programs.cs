using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Processes;

/// <summary>Finds programs, so that a missing one is an error with a name and not an exit status.</summary>
internal static class Programs
{
    private const string StandardPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The path of a helper program of the system, never one that a user put on the server's path.</summary>
    /// <exception cref="SpawnException">It is not installed.</exception>
    public static string System(string name, string package) =>
        Find(name, StandardPath, "/") ?? throw new SpawnException($"The program {name} was not found; install the package {package}.");

    /// <summary>Whether a program would be found and could be run.</summary>
    public static bool IsThere(string command, string? path, string folder) => Find(command, path ?? StandardPath, folder) is not null;

    private static string? Find(string command, string path, string folder) =>
        command.Contains('/', StringComparison.Ordinal)
            ? Executable(Path.Combine(folder, command))
            : path.Split(':').Select(part => Executable(Path.Combine(folder, part, command))).FirstOrDefault(found => found is not null);

    private static string? Executable(string file)
    {
        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        try
        {
            return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & execute) != 0) ? file : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
