using JupyterHub.Core.Addressing;

namespace JupyterHub.AspNetCore.Routing;

/// <summary>Tells which part of the hub's address space a target belongs to, below the deployment's base path.</summary>
internal sealed class BasePath
{
    private static readonly string[] Areas = [HubArea.Hub, HubArea.User, HubArea.Services];

    private readonly string[] segments;
    private readonly string path;

    public BasePath(string path)
    {
        this.path = path;
        segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
    }

    public HubArea? AreaOf(RequestTarget target)
    {
        if (target.SegmentCount <= segments.Length)
        {
            return null;
        }

        for (var index = 0; index < segments.Length; index++)
        {
            if (!target.Segment(index).SequenceEqual(segments[index]))
            {
                return null;
            }
        }

        var name = target.Segment(segments.Length);
        foreach (var area in Areas)
        {
            if (name.SequenceEqual(area))
            {
                return new HubArea(area, segments.Length + 1);
            }
        }

        return null;
    }

    /// <summary>True if a path that cannot be read as a target begins like one of the hub's, however it is written.</summary>
    public bool MayLeadToHub(string? raw)
    {
        if (raw is null)
        {
            return false;
        }

        return Areas.Any(area => raw.StartsWith(path + area + "/", StringComparison.OrdinalIgnoreCase))
            || (raw.Contains('%') && Areas.Any(area => Uri.UnescapeDataString(raw).StartsWith(path + area + "/", StringComparison.OrdinalIgnoreCase)));
    }
}
