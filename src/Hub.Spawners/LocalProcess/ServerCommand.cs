using System.Diagnostics;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Spawners.LocalProcess;

/// <summary>Builds the command that becomes the server.</summary>
internal static class ServerCommand
{
    /// <exception cref="SpawnException">A program is missing.</exception>
    public static async Task<ProcessStartInfo> BuildAsync(LocalProcessSpawnerOptions options, ServerAccount account, Dictionary<string, string> variables, string log)
    {
        var command = WithShell(options, [.. options.Command, .. options.Args]);
        Require(command[0], variables.GetValueOrDefault("PATH"), account.Folder);
        return await DetachedCommand.BuildAsync(command, account.Folder, account.SwitchTo, variables, log);
    }

    private static void Require(string command, string? path, string folder)
    {
        if (Programs.IsThere(command, path, folder))
        {
            return;
        }

        throw new SpawnException(command.Contains('/', StringComparison.Ordinal)
            ? $"The server's program `{command}` is not there or not executable; install it or set JupyterHub:Spawner:Command."
            : $"The server's program `{command}` was not found on PATH; install it or set JupyterHub:Spawner:Command.");
    }

    private static List<string> WithShell(LocalProcessSpawnerOptions options, List<string> command) =>
        options.ShellCmd.Count == 0 ? command : [.. options.ShellCmd, string.Join(' ', command.Select(Quote))];

    private static string Quote(string argument) => $"'{argument.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";
}
