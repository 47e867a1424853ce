using System.Buffers;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>One route of the stand-alone proxy: where it leads, and what its client noted about it.</summary>
/// <param name="Path">Where it sits.</param>
/// <param name="Entry">The route in the table.</param>
/// <param name="Data">What was posted.</param>
/// <param name="Order">Position in listings: that of the first route at this place since it was empty.</param>
/// <param name="IsDefault">True for the target that the command line gave.</param>
internal sealed record ChpRoute(ChpPath Path, RouteEntry Entry, ChpRouteData Data, long Order, bool IsDefault)
{
    public DateTimeOffset LastActivity => Entry.Activity.Last;

    public void Write(IBufferWriter<byte> output) => Data.Write(output, LastActivity);
}
