using System.Text;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Processes;

namespace JupyterHub.Core.Authentication;

/// <summary>The file of the cookie secret: 64 hexadecimal digits and a newline, for its owner alone.</summary>
internal static class CookieSecretFile
{
    private const int LongestFile = 1024;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads the file; null when there is none.</summary>
    /// <exception cref="HubStartupException">Others may read it, or it holds something else than a secret.</exception>
    public static byte[]? Read(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
        {
            throw new HubStartupException($"CookieSecretFile {path} is open to other users: chmod 600 it, or replace it if they may have read it.");
        }

        using var reader = new StreamReader(file, Encoding.Latin1);
        var text = new char[LongestFile];
        return CookieSecret.Parse(text.AsSpan(0, reader.ReadBlock(text))) ?? throw new HubStartupException(
            $"CookieSecretFile {path} must hold 64 hexadecimal digits: restore it, or delete it to sign everybody out and have a new one made.");
    }

    /// <summary>Makes the file. It appears complete or not at all; when another process was faster, that one's secret counts.</summary>
    /// <exception cref="IOException">It cannot be made; or something has its name that cannot be read, or is gone again at once.</exception>
    public static byte[] Create(string path, byte[] key)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            Write(draft, Convert.ToHexStringLower(key) + "\n");
            return HardLinks.TryName(draft, path) ? key : Read(path) ?? throw new IOException(
                "Something has that name which is no file, or another process makes and removes it at this moment.");
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Owner;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
