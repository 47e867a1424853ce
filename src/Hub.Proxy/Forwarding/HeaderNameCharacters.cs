using System.Buffers;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>What the name of a header may be made of (RFC 9110, 5.6.2).</summary>
internal static class HeaderNameCharacters
{
    private const string Characters = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(Characters);
    private static readonly SearchValues<byte> AllowedBytes = SearchValues.Create([.. Characters.Select(character => (byte)character)]);

    public static bool AreAll(ReadOnlySpan<char> name) => !name.IsEmpty && !name.ContainsAnyExcept(Allowed);

    public static bool AreAll(ReadOnlySpan<byte> name) => !name.IsEmpty && !name.ContainsAnyExcept(AllowedBytes);
}
