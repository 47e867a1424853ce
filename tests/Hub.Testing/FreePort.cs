using System.Net;
using System.Net.Sockets;

namespace JupyterHub.Testing;

/// <summary>
/// Ports for programs that cannot choose one themselves, and ports that nobody is to answer at. They lie below those
/// that systems give to outgoing connections and to whoever listens at port 0, and each is handed out once on the
/// whole machine while this process lives: what waits for one program never speaks to another one.
/// </summary>
internal static class FreePort
{
    private const int First = 10_000;
    private const int BlockSize = 100;
    private const int Blocks = 200;

    private static readonly Lock Gate = new();
    private static readonly string Folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"hub-test-ports-{Environment.UserName}")).FullName;

    /// <summary>Held open until this process ends: a block is this process's while its file is.</summary>
    private static readonly List<FileStream> Claims = [];

    private static int next;
    private static int end;

    /// <summary>A port of 127.0.0.1 that nobody listens at.</summary>
    public static int Find()
    {
        lock (Gate)
        {
            while (true)
            {
                if (next == end)
                {
                    ClaimBlock();
                }

                var port = next++;
                if (IsFree(port))
                {
                    return port;
                }
            }
        }
    }

    private static void ClaimBlock()
    {
        // Different blocks in turn: what just ended may still hold some of the first ones' ports.
        var offset = Random.Shared.Next(Blocks);
        for (var turn = 0; turn < Blocks; turn++)
        {
            var block = (offset + turn) % Blocks;
            try
            {
                Claims.Add(new FileStream(Path.Combine(Folder, $"{block}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
                (next, end) = (First + (block * BlockSize), First + ((block + 1) * BlockSize));
                return;
            }
            catch (IOException)
            {
                // Another process has it.
            }
        }

        throw new InvalidOperationException($"All ports from {First} to {First + (Blocks * BlockSize) - 1} are taken by tests; their claims are in {Folder}.");
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
