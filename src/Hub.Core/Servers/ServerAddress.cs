using System.Diagnostics.CodeAnalysis;

namespace JupyterHub.Core.Servers;

/// <summary>Between the columns of a <c>servers</c> row and an origin.</summary>
internal static class ServerAddress
{
    /// <summary>The origin in a row; null while the row has none, or none that a server can be reached at.</summary>
    public static Uri? ToUri(HubServer row)
    {
        if (row.Port is <= 0 or > 65535 || row.Proto is not ("http" or "https"))
        {
            return null;
        }

        // The original writes no host for a server on the hub's own machine.
        var host = row.Ip switch
        {
            "" or "0.0.0.0" => "127.0.0.1",
            "::" => "[::1]",
            _ when row.Ip.Contains(':', StringComparison.Ordinal) && !row.Ip.StartsWith('[') => $"[{row.Ip}]",
            _ => row.Ip,
        };
        return Uri.TryCreate($"{row.Proto}://{host}:{row.Port}", UriKind.Absolute, out var address) ? address : null;
    }

    public static void Write(Uri address, HubServer row)
    {
        row.Proto = address.Scheme;
        row.Ip = address.HostNameType == UriHostNameType.IPv6 ? address.Host.Trim('[', ']') : address.Host;
        row.Port = address.Port;
    }

    /// <summary>True for an origin that the hub and the proxy can call: <c>http</c> or <c>https</c>, a host, nothing behind it.</summary>
    public static bool IsOrigin([NotNullWhen(true)] Uri? address) =>
        address is { IsAbsoluteUri: true, Scheme: "http" or "https", Host.Length: > 0, PathAndQuery: "/", UserInfo: "", Fragment: "" };
}
