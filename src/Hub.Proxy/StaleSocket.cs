using System.Net.Sockets;

namespace JupyterHub.Proxy;

/// <summary>
/// Looks at the path where a Unix socket is to be. One that a killed process left behind goes, as nobody could listen there again. Nothing else
/// is ever removed: a path may be mistyped, and the system answers whoever connects to a file as if it were a dead socket.
/// </summary>
internal static class StaleSocket
{
    /// <summary>Why nobody can listen there; null if somebody can, as far as can be seen.</summary>
    public static string? ObstacleAt(string path)
    {
        if (!Path.Exists(path))
        {
            return null;
        }

        if (FileStatus.Of(path) is { IsSocket: false })
        {
            return "there is something already that is no socket. Name another path, or move it away.";
        }

        // One that listens and takes nobody, as a program does that was stopped, would keep us waiting.
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException problem) when (problem.SocketErrorCode is not (SocketError.WouldBlock or SocketError.TryAgain))
        {
            // Whatever else it may be, such as a right that is missing, whoever is to listen there finds out.
            return problem.SocketErrorCode == SocketError.ConnectionRefused ? Remove(path) : null;
        }

        return "another program listens there already. End it, or set another address.";
    }

    private static string? Remove(string path)
    {
        try
        {
            if (FileStatus.Of(path) is not { IsSocket: true })
            {
                return "there is a file or a socket already where nobody listens. Remove it, or name another path.";
            }

            File.Delete(path);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"a process that ended left its socket there, which cannot be removed: {problem.Message}";
        }
    }
}
