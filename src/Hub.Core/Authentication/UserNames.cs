using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Authentication;

/// <summary>The one place that turns a name as somebody wrote it into a user's name (contract 10). Whoever looks up a name that was typed goes through here.</summary>
internal sealed class UserNames
{
    /// <summary>The database's column is no wider.</summary>
    public const int Longest = 255;

    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(250);
    private readonly Dictionary<string, string> map;
    private readonly Regex? pattern;
    private readonly HashSet<string> blocked;

    /// <exception cref="HubStartupException">The pattern is no regular expression.</exception>
    public UserNames(AuthenticatorOptions options)
    {
        map = new Dictionary<string, string>(options.UsernameMap, StringComparer.Ordinal);
        pattern = Compile(options.UsernamePattern);
        blocked = Set(options.BlockedUsers);
    }

    /// <summary>Lower case, then the map.</summary>
    public string Normalize(string name)
    {
        var lower = PythonText.ToLower(name);
        return map.TryGetValue(lower, out var mapped) ? mapped : lower;
    }

    /// <summary>True if a normalised name may be a user's.</summary>
    public bool IsValid(string name) =>
        name.Length is > 0 and <= Longest
        && !name.AsSpan().ContainsAny('/', '\0')
        && IsWellFormed(name)
        && PythonText.Strip(name).Length == name.Length
        && Matches(name);

    /// <summary>Normalises, then checks.</summary>
    public bool TryGetCanonical(string? typed, [NotNullWhen(true)] out string? name)
    {
        // Bounded before the work: lower-casing can only double the length, but the pattern should not see megabytes.
        name = typed is { Length: > 0 and <= Longest } ? Normalize(typed) : null;
        if (name is not null && IsValid(name))
        {
            return true;
        }

        name = null;
        return false;
    }

    /// <summary>True if the settings block the user.</summary>
    public bool IsBlocked(string name) => blocked.Contains(name);

    /// <summary>Names from the settings, normalised like everybody's.</summary>
    public HashSet<string> Set(IEnumerable<string> configured) => new(configured.Select(Normalize), StringComparer.Ordinal);

    private static Regex? Compile(string pattern)
    {
        if (pattern.Length == 0)
        {
            return null;
        }

        try
        {
            return new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (ArgumentException exception)
        {
            throw new HubStartupException($"Authenticator:UsernamePattern is not a regular expression: {exception.Message}", exception);
        }
    }

    /// <summary>True without half a character: databases would store such a one like any other such.</summary>
    public static bool IsWellFormed(string name)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }

    private bool Matches(string name)
    {
        try
        {
            return pattern is null || pattern.IsMatch(name);
        }
        catch (RegexMatchTimeoutException)
        {
            // A pattern that cannot decide must not let in.
            return false;
        }
    }
}
