using System.Globalization;
using JupyterHub.Core.Events;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Events;

/// <summary>A place in the stream, as browsers send it back: the process and the number of the last event.</summary>
internal static class EventPlace
{
    public static string Of(HubEvents events, long id) => string.Create(CultureInfo.InvariantCulture, $"{events.Run}-{id}");

    /// <summary>The number; 0, which is before all events, for another process's place and for what is none.</summary>
    public static long Read(HubEvents events, string? place) =>
        place is { Length: < 64 } && place.StartsWith(events.Run + "-", StringComparison.Ordinal)
        && long.TryParse(place.AsSpan(events.Run.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : 0;
}
