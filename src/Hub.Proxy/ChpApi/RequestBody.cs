using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>Reads the body of a request of the API.</summary>
internal static class RequestBody
{
    /// <summary>Most bytes that a body may have.</summary>
    public const int Longest = 64 * 1024;

    /// <summary>Reads what is posted about a route, from where it was received.</summary>
    /// <param name="context">The request.</param>
    /// <param name="host">The route's host; null without host routing.</param>
    /// <exception cref="ChpApiException">It is too long, no JSON, or names no target.</exception>
    public static async ValueTask<ChpRouteData> ReadRouteAsync(HttpContext context, string? host)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var buffer = read.Buffer;
            if (buffer.Length > Longest)
            {
                reader.AdvanceTo(buffer.End);
                throw new ChpApiException(StatusCodes.Status413PayloadTooLarge, $"The body of a route has at most {Longest} bytes.");
            }

            if (!read.IsCompleted)
            {
                reader.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }

            try
            {
                return ChpRouteData.Read(buffer.IsSingleSegment ? buffer.First : buffer.ToArray(), host);
            }
            finally
            {
                reader.AdvanceTo(buffer.End);
            }
        }
    }
}
