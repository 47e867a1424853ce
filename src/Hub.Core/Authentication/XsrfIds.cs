using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace JupyterHub.Core.Authentication;

/// <summary>What an XSRF token is bound to (contract 7.3), byte for byte as the original writes it.</summary>
internal sealed class XsrfIds(XsrfSettings settings)
{
    /// <summary>A service that asks for a page.</summary>
    public const string OfService = ":";

    /// <summary>A signed-in user in one browser session.</summary>
    public static string OfUser(string sessionId, string cookieId) => $"{sessionId}:{cookieId}";

    /// <summary>A visitor nobody knows yet: told apart by address and headers, well enough for the minutes that signing in takes.</summary>
    /// <param name="sessionId">The session cookie, if there is one.</param>
    /// <param name="address">The visitor's address.</param>
    /// <param name="header">Gives a request header's value, null when absent.</param>
    public string OfAnonymous(string? sessionId, IPAddress? address, Func<string, string?> header)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(AddressText(address)));
        foreach (var name in settings.Headers)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(header(name) ?? ""));
            hash.AppendData([0xff]);
        }

        return $"{sessionId ?? "None"}:{PadBase64Url(Base64Url.EncodeToString(hash.GetHashAndReset()))}";
    }

    private static string PadBase64Url(string text) => text.PadRight((text.Length + 3) / 4 * 4, '=');

    private string AddressText(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in settings.Networks)
        {
            if (network.Contains(plain))
            {
                return network.ToString();
            }
        }

        return plain.ToString();
    }
}
