using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace JupyterHub.Core.Authentication;

/// <summary>Makes, finds and compares XSRF tokens (contract 7.3). The cookie's value is the token: base64url of a signed id.</summary>
internal sealed class XsrfTokens(CookieSecret secret, TimeProvider time)
{
    /// <summary>Name of the cookie and of the argument; the cookie's path is the hub's, and scripts may read it.</summary>
    public const string Name = "_xsrf";

    /// <summary>How long a browser keeps the token of an anonymous visitor; that of a user goes with the browser session.</summary>
    public static readonly TimeSpan AnonymousLifetime = TimeSpan.FromHours(1);

    private const string Navigate = "navigate";
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(31);

    /// <summary>Makes a token for an id.</summary>
    public string Create(string id) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(SignedValue.Create(secret.Key, Name, id, time.GetUtcNow().ToUnixTimeSeconds())));

    /// <summary>The request's token: its cookie if that belongs to the id, else a new one.</summary>
    /// <param name="cookieHeader">The whole <c>Cookie</c> header.</param>
    /// <param name="id">What <see cref="XsrfIds"/> says of the requester.</param>
    /// <param name="fetchMode"><c>Sec-Fetch-Mode</c>: only navigation sets cookies.</param>
    public XsrfToken Get(string? cookieHeader, string id, string? fetchMode) =>
        Find(cookieHeader) is var (token, cookieId) && cookieId == id
            ? new XsrfToken(token, MustSetCookie: false)
            : new XsrfToken(Create(id), MustSetCookie: fetchMode is null or Navigate);

    /// <summary>The submitted token: the argument (form before query), else one of the two headers; empty ones count as absent.</summary>
    public static string? Submitted(string? argument, string? xsrfHeader, string? csrfHeader) =>
        FirstFilled(argument is null ? null : PythonText.Strip(argument), xsrfHeader, csrfHeader);

    /// <summary>Compares; null when the request may go on, else the text of the 403.</summary>
    public static string? Refusal(string method, string? submitted, XsrfToken expected)
    {
        if (string.IsNullOrEmpty(submitted))
        {
            return $"'_xsrf' argument missing from {method}";
        }

        if (submitted.AsSpan().ContainsAnyInRange('\ud800', '\udfff') && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(submitted)) != submitted)
        {
            return "'_xsrf' argument invalid";
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(submitted), Encoding.UTF8.GetBytes(expected.Value))
            ? null
            : $"XSRF cookie does not match {method} argument";
    }

    /// <summary>
    /// The first <c>_xsrf</c> cookie that we signed. Others are normal: notebook servers set cookies of that name on paths of their own,
    /// and a page below may try to put one in front of ours.
    /// </summary>
    private (string Token, string Id)? Find(string? cookieHeader)
    {
        foreach (var part in (cookieHeader ?? "").Split(';'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !part.AsSpan(0, equals).Trim().SequenceEqual(Name))
            {
                continue;
            }

            var value = part.AsSpan(equals + 1).Trim().Trim('"').ToString();
            if (TryDecode(value, out var id))
            {
                return (value, id);
            }
        }

        return null;
    }

    private bool TryDecode(string token, out string id)
    {
        id = "";
        if (token.Length is 0 or > SignedValue.LongestText * 4 / 3 || !Base64Url.IsValid(token))
        {
            return false;
        }

        var text = Encoding.Latin1.GetString(Base64Url.DecodeFromChars(token));
        if (!SignedValue.TryDecode(secret.Key, Name, text, MaxAge, time.GetUtcNow(), out var value, out _))
        {
            return false;
        }

        id = value;
        return true;
    }

    private static string? FirstFilled(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrEmpty(text))
            {
                return text;
            }
        }

        return null;
    }
}
