using System.Globalization;
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
    private const int BlockSize = 100;

    /// <summary>Above 10080, the last one that browsers refuse to speak to.</summary>
    private const int First = 10_100;

    private const int Last = 30_100;

    private static readonly Lock Gate = new();
    private static readonly string Folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"hub-test-ports-{Environment.UserName}")).FullName;

    /// <summary>Held open until this process ends: a block is this process's while its file is.</summary>
    private static readonly List<FileStream> Claims = [];

    private static readonly int[] Blocks = FindBlocks();

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
        var offset = Random.Shared.Next(Blocks.Length);
        for (var turn = 0; turn < Blocks.Length; turn++)
        {
            var block = Blocks[(offset + turn) % Blocks.Length];
            try
            {
                Claims.Add(new FileStream(Path.Combine(Folder, $"{block}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
                (next, end) = (block, block + BlockSize);
                return;
            }
            catch (IOException)
            {
                // Another process has it.
            }
        }

        throw new InvalidOperationException($"All ports that tests may have are taken; their claims are in {Folder}.");
    }

    /// <summary>First ports of the blocks. Some systems give out ports from 16000 or 1024 on; then there is less room, or none that is safe.</summary>
    private static int[] FindBlocks()
    {
        const string range = "/proc/sys/net/ipv4/ip_local_port_range";
        var given = File.Exists(range) ? int.Parse(File.ReadAllText(range).Split('\t', ' ')[0], CultureInfo.InvariantCulture) : Last;
        var end = given < First + BlockSize ? Last : Math.Min(given, Last);
        return [.. Enumerable.Range(0, (end - First) / BlockSize).Select(block => First + (block * BlockSize))];
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
