using System.Text;

namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>A request as it goes over the wire; texts are bytes in Latin-1.</summary>
internal sealed record FuzzRequest(string Method, string Target, string Headers, byte[] Body, bool IsChunked)
{
    public byte[] ToBytes(Uri url)
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: {url.Authority}\r\n{Headers}");
        if (IsChunked)
        {
            head.Append("Transfer-Encoding: chunked\r\n");
        }
        else if (Body.Length > 0 || Method is "POST" or "PUT" or "PATCH")
        {
            head.Append($"Content-Length: {Body.Length}\r\n");
        }

        head.Append("\r\n");
        byte[] body = IsChunked
            ? [.. Encoding.Latin1.GetBytes($"{Body.Length:x}\r\n"), .. Body, .. "\r\n"u8, .. Body.Length > 0 ? "0\r\n\r\n"u8 : []]
            : Body;
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. body];
    }

    public override string ToString()
    {
        var body = Encoding.UTF8.GetString(Body, 0, Math.Min(Body.Length, 600));
        return $"{Method} {Cut(Target)}\n{Cut(Headers)}{(IsChunked ? "chunked, " : "")}{Body.Length} bytes: {body}";
    }

    private static string Cut(string text) => text.Length > 600 ? $"{text[..600]}... ({text.Length} characters)" : text;
}
