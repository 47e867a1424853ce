using System.Text.Json.Nodes;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.ActivityTracking;

namespace JupyterHub.Proxy.Routing;

/// <summary>One route in the table. Never changed, only replaced; what moves is the activity cell, which replacements share.</summary>
internal sealed class RouteEntry(Routespec routespec, Uri target, JsonObject data, RouteActivity activity)
{
    public Routespec Routespec { get; } = routespec;

    public Uri Target { get; } = target;

    /// <summary>Scheme, host and port of the target, without a final slash: what a path is appended to.</summary>
    public string Destination { get; } = target.GetLeftPart(UriPartial.Authority);

    public RouteActivity Activity { get; } = activity;

    /// <summary>The route as the hub sees it, with data of its own that a caller may change.</summary>
    public ProxyRoute Describe() => new(Routespec.Text, Target, (JsonObject)data.DeepClone()) { LastActivity = Activity.Last };
}
