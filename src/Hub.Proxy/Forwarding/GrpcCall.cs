using JupyterHub.Proxy.Routing;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Calls of gRPC, which cannot do without HTTP/2: their status is a trailer, and both sides may talk at once.</summary>
internal static class GrpcCall
{
    private const string MediaType = "application/grpc";

    /// <summary>True for a call over HTTP/2; its server is spoken to in HTTP/2 as well. gRPC-Web is made for HTTP/1.1 and is none.</summary>
    public static bool Is(HttpContext context) =>
        HttpProtocol.IsHttp2(context.Request.Protocol)
        && HttpMethods.IsPost(context.Request.Method)
        && context.Request.ContentType is { } type
        && type.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase)
        && (type.Length == MediaType.Length || type[MediaType.Length] is '+' or ';' or ' ');

    /// <summary>
    /// The route's destination with the scheme that the server's end of the connection sees: servers compare it with
    /// the one in the request, which HTTP/1.1 does not have.
    /// </summary>
    public static string DestinationOf(RouteEntry route) => route.Target.IsTls ? $"https{route.Destination.AsSpan("http".Length)}" : route.Destination;
}
