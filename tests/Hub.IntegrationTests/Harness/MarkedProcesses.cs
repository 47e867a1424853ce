using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>
/// Finds what a test started, and what that started in turn, by a variable in the environment that only this test
/// uses. Servers live in sessions of their own and outlive their hub: nothing else finds them when a test fails.
/// </summary>
internal sealed class MarkedProcesses
{
    public const string Variable = "HUB_TEST_MARK";
    private static readonly HashSet<MarkedProcesses> Open = [];

    static MarkedProcesses() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        MarkedProcesses[] left;
        lock (Open)
        {
            left = [.. Open];
        }

        Array.ForEach(left, marked => marked.KillAll());
    };

    public MarkedProcesses()
    {
        lock (Open)
        {
            Open.Add(this);
        }
    }

    public string Value { get; } = Guid.NewGuid().ToString("N");

    public IReadOnlyList<int> Find()
    {
        var wanted = Encoding.UTF8.GetBytes($"{Variable}={Value}\0");
        return
        [
            .. Directory.EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id != 0 && id != Environment.ProcessId && ReadEnvironment(id).AsSpan().IndexOf(wanted) >= 0),
        ];
    }

    /// <summary>Kills until nothing is left: a process may be starting another just now.</summary>
    public void KillAll()
    {
        for (var round = 0; round < 20 && Find() is { Count: > 0 } found; round++)
        {
            foreach (var id in found)
            {
                Kill(id);
            }
        }

        lock (Open)
        {
            Open.Remove(this);
        }
    }

    public static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit(TimeSpan.FromSeconds(5));
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended by itself.
        }
    }

    private static byte[] ReadEnvironment(int id)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{id}/environ");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
