using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.ActivityTracking;
using JupyterHub.Proxy.Forwarding;

namespace JupyterHub.Proxy.Routing;

/// <summary>One route in the table. Never changed, only replaced; what moves is its activity and lifetime, which replacements to the same target share.</summary>
internal class RouteEntry
{
    // As JSON: a tenth of what objects take, and read only when somebody lists the routes.
    private readonly byte[] data;

    /// <summary>Makes a route to a target; one that only says again what is so keeps what the existing one has gathered.</summary>
    public RouteEntry(Routespec routespec, UpstreamTarget target, JsonObject data, TimeProvider time, RouteEntry? existing = null)
        : this(routespec, target, time, existing) => this.data = data.Count == 0 ? [] : Encoding.UTF8.GetBytes(data.ToJsonString());

    /// <summary>A route without data of the hub's.</summary>
    protected RouteEntry(Routespec routespec, UpstreamTarget target, TimeProvider time, RouteEntry? existing)
    {
        var same = target.Equals(existing?.Target) ? existing : null;
        Routespec = routespec;
        Target = target;
        data = [];
        Lifetime = same?.Lifetime ?? new RouteLifetime(time);
    }

    public Routespec Routespec { get; }

    public UpstreamTarget Target { get; }

    /// <summary>
    /// A host name that no other route ever has, as an origin without a final slash: what a path is appended to. Kept
    /// connections belong to that name, so that one to a stopped server is never used for the next at the same port.
    /// It is http for every target: the connection that it is spoken over brings its own TLS. Made anew each time.
    /// </summary>
    public string Destination => string.Create(CultureInfo.InvariantCulture, $"http://r{Lifetime.Number}");

    public RouteActivity Activity => Lifetime;

    public RouteLifetime Lifetime { get; }

    /// <summary>The route as the hub sees it, with data of its own that a caller may change.</summary>
    public ProxyRoute Describe() => new(Routespec.Text, Target.ToUri(), data.Length == 0 ? [] : JsonNode.Parse(data)!.AsObject()) { LastActivity = Activity.Last };
}
