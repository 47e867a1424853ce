using System.Buffers;
using System.Security.Cryptography;

namespace JupyterHub.Core.Authentication;

/// <summary>Identifies one browser session. It is no credential: it ties OAuth tokens to the browser that asked for them, so that signing out ends them.</summary>
internal static class SessionId
{
    /// <summary>Name of the cookie; its path is the deployment's base path.</summary>
    public const string CookieName = "jupyterhub-session-id";

    private const int Length = 32;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static string Create() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    /// <summary>The value if it is one that a hub could have set, else null: what a cookie says ends up in the database.</summary>
    public static string? Read(string? cookie) =>
        cookie is { Length: Length } && !cookie.AsSpan().ContainsAnyExcept(Digits) ? cookie : null;
}
