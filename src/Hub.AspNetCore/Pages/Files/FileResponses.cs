using JupyterHub.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace JupyterHub.AspNetCore.Pages.Files;

/// <summary>Sends files of the pages: compressed where the browser takes that, and not again where it has them.</summary>
internal static class FileResponses
{
    /// <summary>A picture may hold scripts and style when somebody opens it by itself: none of the one runs, and the other reaches nothing.</summary>
    private const string ActivePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

    private const int LongestCondition = 4096;

    public static async Task FileAsync(this HubRequest request, ServedFile file)
    {
        var response = request.Http.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = request.Query("v") == file.Version ? "public, max-age=31536000, immutable" : "no-cache";
        if (file.IsActive)
        {
            response.Headers.ContentSecurityPolicy = ActivePolicy;
        }

        var content = Choose(request, file);
        if (IsKnown(request.Http.Request.Headers.IfNoneMatch.ToString(), response.Headers.ETag.ToString()))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.Headers.Remove(HeaderNames.ContentEncoding);
            return;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(request.Http.Request.Method))
        {
            await response.Body.WriteAsync(content, request.Aborted);
        }
    }

    private static ReadOnlyMemory<byte> Choose(HubRequest request, ServedFile file)
    {
        var headers = request.Http.Response.Headers;
        headers.ETag = $"\"{file.Version}\"";
        if (!file.IsCompressible)
        {
            return file.Content;
        }

        headers.Vary = HeaderNames.AcceptEncoding;
        foreach (var encoding in AcceptedEncoding.Of(request.Http.Request.Headers.AcceptEncoding))
        {
            if (file.In(encoding) is { } packed)
            {
                headers.ContentEncoding = encoding;
                headers.ETag = $"\"{file.Version}-{encoding}\"";
                return packed;
            }
        }

        return file.Content;
    }

    private static bool IsKnown(string condition, string tag) =>
        condition.Length is > 0 and <= LongestCondition
        && condition.Split(',', StringSplitOptions.TrimEntries).Any(known => known == "*" || known == tag || known == $"W/{tag}");
}
