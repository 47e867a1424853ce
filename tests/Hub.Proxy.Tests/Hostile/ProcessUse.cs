using System.Globalization;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>What another process holds of the machine.</summary>
/// <param name="Sockets">Those that it has open. Of other files the runtime opens some of its own whenever it first needs them.</param>
/// <param name="ResidentBytes">Memory.</param>
internal sealed record ProcessUse(int Sockets, long ResidentBytes)
{
    public static ProcessUse Of(int process) => new(SocketCount.Of(process), Read(process, "VmRSS:"));

    /// <summary>The most memory that it had at any time.</summary>
    public static long PeakBytesOf(int process) => Read(process, "VmHWM:");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sockets} sockets, {ResidentBytes / 1024.0 / 1024:0} MB");

    private static long Read(int process, string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length).Trim()[..^" kB".Length], NumberStyles.None, CultureInfo.InvariantCulture) * 1024;
    }
}
