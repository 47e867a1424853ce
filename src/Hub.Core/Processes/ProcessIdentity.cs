using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JupyterHub.Core.Processes;

/// <summary>Names a process so that a later one with the same pid is never taken for it.</summary>
/// <param name="Pid">Process id; also of its session and process group.</param>
/// <param name="StartTime">Its start in clock ticks since boot; null in state that the original wrote.</param>
/// <param name="BootId">The boot that the ticks count from.</param>
internal sealed record ProcessIdentity(int Pid, long? StartTime, string? BootId)
{
    private static readonly Lazy<string?> CurrentBoot = new(ReadBootId);

    /// <summary>Identifies a process that was just started; null if it is gone already.</summary>
    public static ProcessIdentity? Of(int pid) =>
        ProcessStat.Read(pid) is { } stat ? new ProcessIdentity(pid, stat.StartTime, CurrentBoot.Value) : null;

    /// <summary>Reads saved state; null if it names no process.</summary>
    public static ProcessIdentity? From(JsonObject state) =>
        Number(state["pid"]) is { } pid and > 1 and <= int.MaxValue
            ? new ProcessIdentity((int)pid, Number(state["pid_start_time"]), Text(state["boot_id"]))
            : null;

    /// <summary>The state to save. The original reads <c>pid</c> and ignores the rest.</summary>
    public JsonObject ToState() => new() { ["pid"] = Pid, ["pid_start_time"] = StartTime, ["boot_id"] = BootId };

    /// <summary>True while exactly this process lives.</summary>
    public bool IsAlive(ProcessMark mark)
    {
        if (ProcessStat.Read(Pid) is not { IsAlive: true } stat || (BootId is not null && BootId != CurrentBoot.Value))
        {
            return false;
        }

        return StartTime is { } startTime
            ? stat.StartTime == startTime
            : ProcessEnvironment.Has(Pid, mark);
    }

    private static string? ReadBootId()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? Number(JsonNode? node) =>
        // As text: a node made in memory from an int gives no long.
        node?.GetValueKind() == JsonValueKind.Number
            && long.TryParse(node.ToJsonString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
