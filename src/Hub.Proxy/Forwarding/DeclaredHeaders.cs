using Microsoft.Extensions.Primitives;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>
/// Headers that a <c>Connection</c> header declares to be for the next hop only (RFC 9110, 7.6.1). Those that frame or
/// address the message cannot be declared away, and upgrading is the forwarder's own business.
/// </summary>
internal readonly struct DeclaredHeaders(StringValues connection)
{
    /// <summary>True when nothing but the usual is declared.</summary>
    public bool IsEmpty { get; } = connection.Count == 0 || (connection.Count == 1 && IsUsual(connection[0]));

    /// <summary>True for a header to leave out.</summary>
    public bool Includes(string name) => !IsEmpty && !IsNeeded(name) && IsDeclared(name);

    private bool IsDeclared(string name)
    {
        foreach (var value in connection)
        {
            foreach (var part in value.AsSpan().Split(','))
            {
                if (value.AsSpan(part).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsUsual(string? value) => value is null or "" || Is(value, "keep-alive") || Is(value, "close") || Is(value, "upgrade");

    private static bool IsNeeded(string name) =>
        Is(name, "close") || Is(name, "keep-alive") || Is(name, "upgrade") || Is(name, "te")
        || Is(name, "host") || Is(name, "content-length") || Is(name, "content-type") || Is(name, "transfer-encoding")
        || name.StartsWith("sec-websocket-", StringComparison.OrdinalIgnoreCase);

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
