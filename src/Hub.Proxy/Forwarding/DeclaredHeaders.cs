using Microsoft.Extensions.Primitives;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>
/// Headers that a <c>Connection</c> header declares to be for the next hop only (RFC 9110, 7.6.1). Those that frame or
/// address the message cannot be declared away, and upgrading is the forwarder's own business.
/// </summary>
internal readonly struct DeclaredHeaders(StringValues connection)
{
    // Read once: a line may hold thousands, and a request two hundred headers to compare with them.
    private readonly HashSet<string>? names = Read(connection);

    /// <summary>True when nothing but the usual is declared.</summary>
    public bool IsEmpty => names is null;

    /// <summary>True for a header to leave out.</summary>
    public bool Includes(string name) => names is not null && names.Contains(name);

    private static HashSet<string>? Read(StringValues connection)
    {
        HashSet<string>? names = null;
        foreach (var value in connection)
        {
            foreach (var part in value.AsSpan().Split(','))
            {
                var name = value.AsSpan(part).Trim();
                if (!name.IsEmpty && !IsNeeded(name))
                {
                    names ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase);
                    names.GetAlternateLookup<ReadOnlySpan<char>>().Add(name);
                }
            }
        }

        return names;
    }

    private static bool IsNeeded(ReadOnlySpan<char> name) =>
        Is(name, "close") || Is(name, "keep-alive") || Is(name, "upgrade") || Is(name, "te")
        || Is(name, "host") || Is(name, "content-length") || Is(name, "content-type") || Is(name, "transfer-encoding")
        || name.StartsWith("sec-websocket-", StringComparison.OrdinalIgnoreCase);

    private static bool Is(ReadOnlySpan<char> name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
