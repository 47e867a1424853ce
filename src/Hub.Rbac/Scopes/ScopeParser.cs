using JupyterHub.Rbac.Filters;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Scopes;

/// <summary>Reads <c>name</c>, <c>name!kind</c> and <c>name!kind=value</c>. Builds no string unless it must explain an error.</summary>
internal static class ScopeParser
{
    /// <summary>More than two names of 255 characters with the longest scope in front.</summary>
    public const int MaximumLength = 2048;

    public static bool TryParse(ScopeCatalog catalog, ReadOnlySpan<char> text, out ScopeSyntax syntax)
    {
        syntax = default;
        if (text.Length > MaximumLength)
        {
            return false;
        }

        var mark = text.IndexOf('!');
        if (!catalog.TryGet(mark < 0 ? text : text[..mark], out var scope))
        {
            return false;
        }

        // A mark with nothing behind it is no filter: the original accepts it, and stored scopes may have it.
        if (mark < 0 || mark == text.Length - 1)
        {
            syntax = new(scope, null, default);
            return true;
        }

        return TryParseFilter(scope, text[(mark + 1)..], out syntax);
    }

    public static ScopeException Error(ScopeCatalog catalog, ReadOnlySpan<char> text) => new(Diagnose(catalog, text));

    /// <summary>Finds out why <see cref="TryParse"/> said no.</summary>
    public static ScopeError Diagnose(ScopeCatalog catalog, ReadOnlySpan<char> text)
    {
        var quoted = ScopeError.Quote(text);
        if (text.Length > MaximumLength)
        {
            return new(ScopeErrorKind.TooLong, text.ToString(), MaximumLength, null, $"Scope '{quoted}' is longer than {MaximumLength} characters.");
        }

        var mark = text.IndexOf('!');
        var name = mark < 0 ? text : text[..mark];
        if (!catalog.TryGet(name, out _))
        {
            var nearest = Suggestions.ForScope(catalog, name);
            return UnknownName(text, nearest is null || mark < 0 ? nearest : string.Concat(nearest, text[mark..]));
        }

        return DiagnoseFilter(text, mark);
    }

    private static bool TryParseFilter(Scope scope, ReadOnlySpan<char> filter, out ScopeSyntax syntax)
    {
        syntax = default;
        var equals = filter.IndexOf('=');
        if (FilterKinds.Find(equals < 0 ? filter : filter[..equals]) is not { } kind)
        {
            return false;
        }

        var value = equals < 0 ? default : filter[(equals + 1)..];
        if (equals < 0 ? kind == ResourceKind.Group : value.IsEmpty)
        {
            return false;
        }

        syntax = new(scope, kind, value);
        return true;
    }

    private static ScopeError UnknownName(ReadOnlySpan<char> text, string? suggestion)
    {
        var hint = suggestion is null ? "." : $"; did you mean '{ScopeError.Quote(suggestion)}'?";
        return new(ScopeErrorKind.UnknownScope, text.ToString(), 0, suggestion, $"Scope '{ScopeError.Quote(text)}' does not exist{hint}");
    }

    private static ScopeError DiagnoseFilter(ReadOnlySpan<char> text, int mark)
    {
        var filter = text[(mark + 1)..];
        var equals = filter.IndexOf('=');
        var kind = equals < 0 ? filter : filter[..equals];
        if (FilterKinds.Find(kind) is null)
        {
            var nearest = Suggestions.Nearest(kind, FilterKinds.Names);
            var suggestion = nearest is null ? null : string.Concat(text[..(mark + 1)], nearest, equals < 0 ? default : filter[equals..]);
            var hint = suggestion is null ? "; the kinds are user, service, group and server." : $"; did you mean '{ScopeError.Quote(suggestion)}'?";
            return new(ScopeErrorKind.UnknownFilter, text.ToString(), mark + 1, suggestion,
                $"Scope filter '!{ScopeError.Quote(filter)}' in scope '{ScopeError.Quote(text)}' does not exist{hint}");
        }

        return new(ScopeErrorKind.MissingFilterValue, text.ToString(), text.Length, null,
            $"Scope filter '!{ScopeError.Quote(filter)}' in scope '{ScopeError.Quote(text)}' names no {kind}; write '!{kind}=<name>'.");
    }
}
