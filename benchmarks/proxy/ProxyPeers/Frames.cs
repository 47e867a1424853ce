using System.Security.Cryptography;
using System.Text;

namespace ProxyPeers;

/// <summary>One binary message of 100 bytes in each direction, as it goes over the wire (RFC 6455, 5.2).</summary>
internal static class Frames
{
    private const int PayloadSize = 100;

    /// <summary>With the mask of zeroes.</summary>
    public static readonly byte[] FromClient = [0x82, 0x80 | PayloadSize, 0, 0, 0, 0, .. new byte[PayloadSize]];

    public static readonly byte[] FromServer = [0x82, PayloadSize, .. new byte[PayloadSize]];

    /// <summary>The server's part of the handshake (RFC 6455, 4.2.2).</summary>
#pragma warning disable CA5350 // The protocol's own hash.
    public static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
}
