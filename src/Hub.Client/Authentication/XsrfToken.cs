using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace JupyterHub.Client.Authentication;

/// <summary>The token that pages of this app send along: made from the visitor's token, which pages never see, so nothing has to be stored.</summary>
internal static class XsrfToken
{
    public static string Of(string visitorToken) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(visitorToken), "JupyterHub.Client xsrf"u8));

    public static bool IsValid(string? given, string visitorToken) =>
        given is { Length: < 100 } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Of(visitorToken)));
}
