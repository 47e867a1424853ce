using System.Globalization;
using System.Text.Json.Nodes;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.ActivityTracking;

namespace JupyterHub.Proxy.Routing;

/// <summary>One route in the table. Never changed, only replaced; what moves is the activity cell, which replacements share.</summary>
internal sealed class RouteEntry
{
    private static long made;

    private readonly JsonObject data;

    /// <summary>Makes a route to a target; one that only says again what is so keeps what the existing one has gathered.</summary>
    public RouteEntry(Routespec routespec, Uri target, JsonObject data, TimeProvider time, RouteEntry? existing = null)
    {
        var same = existing?.Target == target ? existing : null;
        Routespec = routespec;
        Target = target;
        this.data = data;
        Activity = same?.Activity ?? new RouteActivity(time);
        Destination = same?.Destination ?? string.Create(CultureInfo.InvariantCulture, $"{target.Scheme}://r{Interlocked.Increment(ref made)}");
    }

    public Routespec Routespec { get; }

    public Uri Target { get; }

    /// <summary>
    /// Scheme and a host name that no other route ever has, without a final slash: what a path is appended to. Kept
    /// connections belong to that name, so that one to a stopped server is never used for the next at the same port.
    /// </summary>
    public string Destination { get; }

    public RouteActivity Activity { get; }

    /// <summary>The route as the hub sees it, with data of its own that a caller may change.</summary>
    public ProxyRoute Describe() => new(Routespec.Text, Target, (JsonObject)data.DeepClone()) { LastActivity = Activity.Last };
}
