using System.Globalization;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>Short ways to write messages down.</summary>
internal static class Wire
{
    /// <summary>A request without a body.</summary>
    public static string Get(string target, params string[] headers) => Head($"GET {target} HTTP/1.1", headers);

    /// <summary>A request with a body of a known length.</summary>
    public static string Send(string method, string target, string body, params string[] headers) =>
        Head($"{method} {target} HTTP/1.1", [.. headers, "Content-Length: " + Length(body)]) + body;

    /// <summary>A request to the REST API that carries the token.</summary>
    public static string Api(string method, string target, string? body = null) => body is null
        ? Head($"{method} {target} HTTP/1.1", ["Authorization: token {token}"])
        : Send(method, target, body, "Authorization: token {token}");

    /// <summary>A request line and headers, with a host.</summary>
    public static string Head(string start, IEnumerable<string> headers) => Lines([start, "Host: hub.example:8000", .. headers]);

    /// <summary>Lines of a head, with the empty line that ends it.</summary>
    public static string Lines(params IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\r\n")) + "\r\n";

    /// <summary>A response with a body of a known length.</summary>
    public static string Response(string status, string body, params string[] headers) =>
        Lines(["HTTP/1.1 " + status, .. headers, "Content-Length: " + Length(body)]) + body;

    private static string Length(string body) => body.Length.ToString(CultureInfo.InvariantCulture);
}
