using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>Marks what a GET answered, so that who has it already need not be sent it again (contract 1.1).</summary>
internal static class EntityTags
{
    /// <summary>Larger answers are pages of listings, which hardly ever come twice the same: reading them once more would be for nothing.</summary>
    private const int LongestTagged = 32 * 1024;

    private const int LongestCondition = 4096;

    /// <summary>Sets the tag of a body; true if the client has the very same one, and then the answer is a 304 without it.</summary>
    public static bool IsUnchanged(HubRequest request, int status, ReadOnlySpan<byte> body)
    {
        if (status != StatusCodes.Status200OK || body.Length > LongestTagged || !HttpMethods.IsGet(request.Http.Request.Method))
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        var tag = $"\"{Convert.ToHexStringLower(hash[..16])}\"";
        var response = request.Http.Response;
        response.Headers.ETag = tag;
        if (!Names(request.Http.Request.Headers.IfNoneMatch.ToString(), tag))
        {
            return false;
        }

        response.StatusCode = StatusCodes.Status304NotModified;
        response.Headers.Remove(HeaderNames.ContentType);
        return true;
    }

    private static bool Names(string condition, string tag) =>
        condition.Length is > 0 and <= LongestCondition
        && condition.Split(',').Any(part => part.Trim() is var known && (known == "*" || known == tag || (known.StartsWith("W/", StringComparison.Ordinal) && known.AsSpan(2).SequenceEqual(tag))));
}
