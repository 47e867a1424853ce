using System.Buffers;

namespace JupyterHub.Core.Configuration.Validation;

/// <summary>What may stand in a header (RFC 9110, 5.5 and 5.6.2).</summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(Token);

    public static bool IsValue(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
