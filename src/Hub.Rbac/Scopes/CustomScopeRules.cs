using System.Buffers;

namespace JupyterHub.Rbac.Scopes;

/// <summary>The rules for custom scopes (contract 4.9).</summary>
internal static class CustomScopeRules
{
    private const string Prefix = "custom:";
    private const int ShortestRest = 3;
    private const string Alphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> First = SearchValues.Create(Alphanumeric);
    private static readonly SearchValues<char> Middle = SearchValues.Create(Alphanumeric + "_-*:");
    private static readonly SearchValues<char> Last = SearchValues.Create(Alphanumeric + "_*");

    public static bool IsValidName(ReadOnlySpan<char> name)
    {
        if (name.Length > ScopeParser.MaximumLength || !name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = name[Prefix.Length..];
        return rest.Length >= ShortestRest && First.Contains(rest[0]) && Last.Contains(rest[^1]) && !rest.ContainsAnyExcept(Middle);
    }

    public static void Check(CustomScope scope, IReadOnlyDictionary<string, CustomScope> together, ScopeCatalog existing)
    {
        if (!IsValidName(scope.Name))
        {
            throw Invalid(scope, "must begin with 'custom:', go on with at least three of a-z, 0-9, '-', '_', ':' and '*', the first of them a letter or digit and the last neither '-' nor ':'");
        }

        if (string.IsNullOrEmpty(scope.Description))
        {
            throw Invalid(scope, "needs a description");
        }

        foreach (var subscope in scope.Subscopes ?? [])
        {
            if (!together.ContainsKey(subscope))
            {
                throw Invalid(scope, existing.TryGet(subscope, out _)
                    ? $"cannot imply '{ScopeError.Quote(subscope)}': only custom scopes that are defined with it; combine scopes in a role instead"
                    : $"implies '{ScopeError.Quote(subscope)}', which is not defined with it");
            }
        }

        if (existing.TryGet(scope.Name, out var defined) && !IsSame(defined, scope))
        {
            throw Invalid(scope, "is already defined differently");
        }
    }

    private static bool IsSame(Scope defined, CustomScope scope) =>
        defined.Description == scope.Description
        && defined.Subscopes.Select(subscope => subscope.Name).SequenceEqual(scope.Subscopes ?? [], StringComparer.Ordinal);

    private static ScopeException Invalid(CustomScope scope, string what) =>
        new(new ScopeError(ScopeErrorKind.InvalidDefinition, scope.Name, 0, null, $"The custom scope '{ScopeError.Quote(scope.Name)}' {what}."));
}
