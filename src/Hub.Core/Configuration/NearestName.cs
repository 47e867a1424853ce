namespace JupyterHub.Core.Configuration;

/// <summary>Finds the name that somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>The closest candidate, or null if none is close. Case and underscores do not count, so the original's names are recognised.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        var wanted = Fold(name);
        if (wanted.Length is 0 or > 100)
        {
            return null;
        }

        var nearest = candidates
            .Select(candidate => (Name: candidate, Distance: Distance(wanted, Fold(candidate))))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault((Name: "", Distance: int.MaxValue));
        return nearest.Distance <= Math.Max(1, wanted.Length / 3) ? nearest.Name : null;
    }

    private static string Fold(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    // Levenshtein's distance with neighbours swapped counted as one slip.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = (i, j) switch
                {
                    (_, 0) => i,
                    (0, _) => j,
                    _ => Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
