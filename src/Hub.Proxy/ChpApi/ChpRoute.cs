using System.Buffers;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>One route of the stand-alone proxy: where it leads, and what its client noted about it. There may be a hundred thousand: nothing is held twice.</summary>
/// <param name="path">Where it sits.</param>
/// <param name="data">What was posted.</param>
/// <param name="time">The clock.</param>
/// <param name="before">What was at this place.</param>
/// <param name="order">Position in listings: that of the first route at this place since it was empty.</param>
/// <param name="isDefault">True for the target that the command line gave.</param>
internal sealed class ChpRoute(ChpPath path, ChpRouteData data, TimeProvider time, ChpRoute? before, long order, bool isDefault)
    : RouteEntry(path.Routespec, data.Target, time, before)
{
    /// <summary>Its path as a client sees it.</summary>
    public string Text { get; } = path.Text;

    /// <summary>The same, ready to be looked for. Made anew each time.</summary>
    public ChpPath Path => ChpPath.Of(Text, Routespec);

    public ChpRouteData Data { get; } = data;

    public long Order { get; } = order;

    public bool IsDefault { get; } = isDefault;

    /// <summary>True when it would be the same after being posted with this data.</summary>
    public bool IsAlready(ChpPath posted, ChpRouteData said, bool asDefault) => IsDefault == asDefault && Text == posted.Text && Data.Equals(said);

    public void Write(IBufferWriter<byte> output) => Data.Write(output, Activity.Last);
}
