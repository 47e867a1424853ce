using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Headers that a <c>Connection</c> header declares to be for the next hop only (RFC 9110, 7.6.1).</summary>
internal static class ConnectionHeaders
{
    /// <summary>The names to leave out; those that frame or address the message cannot be declared away.</summary>
    public static IEnumerable<string> Declared(StringValues connection)
    {
        foreach (var value in connection)
        {
            foreach (var name in (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (!IsNeeded(name))
                {
                    yield return name;
                }
            }
        }
    }

    // Upgrade and the like are the forwarder's own business.
    private static bool IsNeeded(string name) =>
        Is(name, "close") || Is(name, "keep-alive") || Is(name, "upgrade") || Is(name, "te")
        || Is(name, "host") || Is(name, "content-length") || Is(name, "content-type") || Is(name, "transfer-encoding")
        || name.StartsWith("sec-websocket-", StringComparison.OrdinalIgnoreCase);

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
