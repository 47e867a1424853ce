namespace JupyterHub.Rbac.Scopes;

/// <summary>Guesses what somebody meant who named something that does not exist.</summary>
internal static class Suggestions
{
    private const int LongestGuess = 100;

    public static string? ForScope(ScopeCatalog catalog, ReadOnlySpan<char> name) =>
        name is "all" ? "inherit" : Nearest(name, catalog.Scopes.Select(scope => scope.Name));

    /// <summary>The candidate with the fewest changes, if they are few enough for a typing mistake.</summary>
    public static string? Nearest(ReadOnlySpan<char> name, IEnumerable<string> candidates)
    {
        if (name.IsEmpty || name.Length > LongestGuess)
        {
            return null;
        }

        string? nearest = null;
        var fewest = Math.Max(1, name.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var changes = Distance(name, candidate, fewest);
            if (changes < fewest)
            {
                (nearest, fewest) = (candidate, changes);
            }
        }

        return nearest;
    }

    // Levenshtein's distance with one row; neighbouring swaps count as two changes.
    private static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) >= limit)
        {
            return limit;
        }

        var row = new int[right.Length + 1];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.Length; j++)
            {
                var change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
