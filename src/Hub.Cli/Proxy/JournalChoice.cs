using System.Globalization;
using JupyterHub.Core.Processes;
using JupyterHub.Proxy.Standalone.Listening;

namespace JupyterHub.Cli.Proxy;

/// <summary>Decides where routes are remembered.</summary>
internal sealed class JournalChoice(ProxyArguments arguments, Func<string, string?> environment)
{
    public const string Variable = "HUB_PROXY_JOURNAL";

    /// <summary>The file, and whether the proxy may run without it; null for none.</summary>
    /// <exception cref="ProxyUsageException">Options contradict each other.</exception>
    public (string? File, bool IsOptional) Choose(ListenAddress open)
    {
        var named = arguments.Value("--journal");
        if (arguments.Has("--no-journal"))
        {
            return named is null ? (null, true) : throw new ProxyUsageException("--no-journal: give either it or --journal.");
        }

        if ((named ?? environment(Variable)) is { Length: > 0 } file)
        {
            return (Path.GetFullPath(file), false);
        }

        if (named is not null)
        {
            throw new ProxyUsageException("--journal: the path is empty.");
        }

        // Nobody can find the journal of a port that was chosen by chance again.
        var name = open.SocketPath is { } socket ? Path.GetFileName(socket) : open.Port.ToString(CultureInfo.InvariantCulture);
        return open is { SocketPath: null, Port: 0 } ? (null, true) : (Path.Combine(Folder(), $"hub-proxy-{name}.journal"), true);
    }

    // A hub of ours, which keeps the pid file itself, tells of it by the mark of its processes.
    private string Folder() => (arguments.Value("--pid-file") ?? environment(ProcessMark.ProxyVariable)) is { Length: > 0 } pidFile
        ? Path.GetDirectoryName(Path.GetFullPath(pidFile))!
        : Directory.GetCurrentDirectory();
}
