using System.Globalization;

namespace JupyterHub.Cli.Proxy;

/// <summary>A file that tells our process id for as long as we run.</summary>
internal sealed class PidFile : IDisposable
{
    private readonly string path;

    private PidFile(string path) => this.path = path;

    private static string Own => Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="ProxyUsageException">It cannot be written.</exception>
    public static PidFile? Write(string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            File.WriteAllText(path, Own);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ProxyUsageException($"--pid-file: {problem.Message}");
        }

        return new PidFile(Path.GetFullPath(path));
    }

    /// <summary>Removes the file, unless it is somebody else's by now.</summary>
    public void Dispose()
    {
        try
        {
            if (File.ReadAllText(path).Trim() == Own)
            {
                File.Delete(path);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Whoever started us may have removed it first.
        }
    }
}
