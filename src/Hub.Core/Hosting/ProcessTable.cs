using System.Globalization;

namespace JupyterHub.Core.Hosting;

/// <summary>What the kernel says about processes; nothing where there is no <c>/proc</c>.</summary>
internal static class ProcessTable
{
    // The start time is the 22nd field; what follows the command in brackets begins with the third.
    private const int StateField = 0;
    private const int StartTimeField = 19;

    /// <summary>When the process started, in clock ticks since boot; null if there is no such process or it has ended.</summary>
    public static long? StartTimeOf(int pid)
    {
        var text = Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));

        // A command may hold spaces and brackets itself.
        var fields = text is null ? [] : text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StartTimeField
            && fields[StateField] is not ("Z" or "X")
            && long.TryParse(fields[StartTimeField], NumberStyles.None, CultureInfo.InvariantCulture, out var time)
                ? time
                : null;
    }

    /// <summary>Identifies one boot of the machine and, within it, one numbering of processes (a container has its own); empty if unknown.</summary>
    public static string BootId()
    {
        var boot = Read("/proc/sys/kernel/random/boot_id")?.Trim();
        if (string.IsNullOrEmpty(boot))
        {
            return "";
        }

        var numbering = new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
        return boot + "/" + string.Concat(numbering.Where(char.IsAsciiDigit));
    }

    /// <summary>The machine: its name, with its id where it has one, since names such as <c>localhost</c> are common.</summary>
    public static string Host()
    {
        var id = Read("/etc/machine-id")?.Trim();
        var host = string.IsNullOrEmpty(id) ? Environment.MachineName : Environment.MachineName + "/" + id;
        return host.Length > 255 ? host[..255] : host;
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
