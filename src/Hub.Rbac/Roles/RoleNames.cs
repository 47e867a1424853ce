using System.Buffers;

namespace JupyterHub.Rbac.Roles;

/// <summary>The rule for names of roles (contract 5).</summary>
public static class RoleNames
{
    /// <summary>The fewest characters of a name.</summary>
    public const int MinimumLength = 3;

    /// <summary>The most characters of a name.</summary>
    public const int MaximumLength = 255;

    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";

    private static readonly SearchValues<char> First = SearchValues.Create(Letters);
    private static readonly SearchValues<char> Middle = SearchValues.Create(Letters + Digits + "-_~.");
    private static readonly SearchValues<char> Last = SearchValues.Create(Letters + Digits);

    /// <summary>True for 3 to 255 characters of a-z, 0-9, <c>-</c>, <c>_</c>, <c>~</c> and <c>.</c> that begin with a letter and end with a letter or digit.</summary>
    public static bool IsValid(ReadOnlySpan<char> name) =>
        name.Length is >= MinimumLength and <= MaximumLength && First.Contains(name[0]) && Last.Contains(name[^1]) && !name.ContainsAnyExcept(Middle);
}
