using System.Text;

namespace JupyterHub.Core.Processes;

/// <summary>A file that the output of one process is appended to, and its earlier ones: <c>name.log.1</c> is the last but one.</summary>
internal static class LogFile
{
    private const int TailBytes = 4096;
    private const int TailLines = 12;
    private const int TailCharacters = 1500;

    /// <summary>Makes a new, empty log and moves the earlier ones on.</summary>
    public static void Begin(string path, int kept)
    {
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        MoveOn(path, kept, oldest: 1);
        PrivateFiles.Create(path);
    }

    /// <summary>Empties a log that has grown too long while somebody writes it; what it held becomes the last one before it.</summary>
    /// <remarks>Its writer appends, so it goes on at the new end. What is written between the copy and the cut is lost.</remarks>
    public static void Trim(string path, long limit, int kept)
    {
        using var log = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (log.Length <= limit)
        {
            return;
        }

        MoveOn(path, kept, oldest: 2);
        File.Delete($"{path}.1");
        PrivateFiles.Create($"{path}.1");
        using (var copy = new FileStream($"{path}.1", FileMode.Open, FileAccess.Write))
        {
            // Whoever writes much in a moment fills neither the disk nor the time until the next look.
            log.Seek(-limit, SeekOrigin.End);
            CopyAtMost(log, copy, limit);
        }

        log.SetLength(0);
    }

    /// <summary>The last lines, on one line; null if there are none.</summary>
    public static string? Tail(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(-Math.Min(file.Length, TailBytes), SeekOrigin.End);
            using var reader = new StreamReader(file, Encoding.UTF8);
            var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var text = string.Join(" | ", lines.TakeLast(TailLines).Select(Printable));
            return text.Length == 0 ? null : text[Math.Max(0, text.Length - TailCharacters)..];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void MoveOn(string path, int kept, int oldest)
    {
        for (var age = kept; age >= oldest; age--)
        {
            var from = age == 1 ? path : $"{path}.{age - 1}";
            if (File.Exists(from))
            {
                File.Move(from, $"{path}.{age}", overwrite: true);
            }
        }
    }

    private static void CopyAtMost(FileStream from, FileStream to, long length)
    {
        var buffer = new byte[64 * 1024];
        while (length > 0 && from.Read(buffer, 0, (int)Math.Min(buffer.Length, length)) is > 0 and var count)
        {
            to.Write(buffer, 0, count);
            length -= count;
        }
    }

    private static string Printable(string line) => string.Concat(line.Where(character => !char.IsControl(character)));
}
