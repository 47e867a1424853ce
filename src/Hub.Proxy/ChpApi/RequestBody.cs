using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>Reads the body of a request of the API.</summary>
internal static class RequestBody
{
    /// <summary>Most bytes that a body may have.</summary>
    public const int Longest = 64 * 1024;

    /// <exception cref="ChpApiException">It is too long.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > Longest)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw new ChpApiException(StatusCodes.Status413PayloadTooLarge, $"The body of a route has at most {Longest} bytes.");
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
