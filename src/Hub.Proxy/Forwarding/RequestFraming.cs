using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>How a request says where its body ends.</summary>
internal static class RequestFraming
{
    /// <summary>True when somebody may see another end than we do.</summary>
    /// <remarks>
    /// A message with both Content-Length and Transfer-Encoding is an attempt to be read as two (RFC 9112, 6.1). Kestrel
    /// reads it by the latter and renames the former. A list of codings is read differently by everybody, a coding in
    /// HTTP/1.0 by nobody who keeps to the letter.
    /// </remarks>
    public static bool IsAmbiguous(HttpRequest request)
    {
        var headers = request.Headers;
        return headers.TransferEncoding.Count > 0
            && (headers.ContentLength is not null
                || headers.ContainsKey("X-Content-Length")
                || !string.Equals(headers.TransferEncoding.ToString(), "chunked", StringComparison.OrdinalIgnoreCase)
                || HttpProtocol.IsHttp10(request.Protocol));
    }
}
