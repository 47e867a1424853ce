namespace JupyterHub.Rbac.Scopes;

/// <summary>Why a scope string was refused.</summary>
public sealed class ScopeError
{
    private const int LongestQuote = 200;

    internal ScopeError(ScopeErrorKind kind, string scope, int position, string? suggestion, string message) =>
        (Kind, Scope, Position, Suggestion, Message) = (kind, scope, position, suggestion, message);

    /// <summary>What is wrong.</summary>
    public ScopeErrorKind Kind { get; }

    /// <summary>The string as it was given; not safe to log.</summary>
    public string Scope { get; }

    /// <summary>Index of the first character that is wrong.</summary>
    public int Position { get; }

    /// <summary>What may have been meant, as a whole scope string; null when nothing is near.</summary>
    public string? Suggestion { get; }

    /// <summary>One sentence, bounded in length and without control characters.</summary>
    public string Message { get; }

    /// <summary>The message.</summary>
    public override string ToString() => Message;

    /// <summary>Bounds and cleans text from outside for a message.</summary>
    internal static string Quote(ReadOnlySpan<char> text)
    {
        var shown = text.Length > LongestQuote ? text[..LongestQuote] : text;
        var quoted = string.Create(shown.Length, shown, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
            }
        });
        return text.Length > LongestQuote ? quoted + "…" : quoted;
    }
}
