using JupyterHub.AspNetCore.Errors;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>Reads whole bodies, bounded.</summary>
internal static class BodyBytes
{
    /// <summary>Bytes that a body may have.</summary>
    public const int MaxLength = 1024 * 1024;

    /// <exception cref="HubHttpException">413: it is longer.</exception>
    public static async Task<byte[]> ReadBytesAsync(this HubRequest request)
    {
        if (request.Http.Request.ContentLength > MaxLength)
        {
            throw TooLong();
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        int read;
        while ((read = await request.Http.Request.Body.ReadAsync(chunk, request.Aborted)) > 0)
        {
            if (buffer.Length + read > MaxLength)
            {
                throw TooLong();
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    private static HubHttpException TooLong() => new(413, $"The body may have {MaxLength} bytes at most");
}
