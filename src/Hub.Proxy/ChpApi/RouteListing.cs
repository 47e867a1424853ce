using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>Writes routes as one JSON object, piece by piece: a hundred thousand of them are many megabytes.</summary>
internal static class RouteListing
{
    public const string ContentType = "application/json";

    private const int Piece = 32 * 1024;

    /// <summary>Writes those that were not used since a moment, or all.</summary>
    public static async Task WriteAsync(HttpContext context, ChpRoute[] routes, DateTimeOffset? inactiveSince)
    {
        context.Response.ContentType = ContentType;
        var output = context.Response.BodyWriter;
        output.Write("{"u8);
        var isFirst = true;
        foreach (var route in routes)
        {
            if (inactiveSince is { } moment && ToMilliseconds(route.Activity.Last) >= ToMilliseconds(moment))
            {
                continue;
            }

            if (!isFirst)
            {
                output.Write(","u8);
            }

            isFirst = false;
            Write(output, route);
            if (output.UnflushedBytes > Piece)
            {
                await output.FlushAsync(context.RequestAborted);
            }
        }

        output.Write("}"u8);
        await output.FlushAsync(context.RequestAborted);
    }

    // What a client is shown is what is compared.
    private static long ToMilliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static void Write(PipeWriter output, ChpRoute route)
    {
        JsonText.WriteString(output, route.Text);
        output.Write(":"u8);
        route.Write(output);
    }

    private static void Write(this PipeWriter output, ReadOnlySpan<byte> bytes) => System.Buffers.BuffersExtensions.Write(output, bytes);
}
