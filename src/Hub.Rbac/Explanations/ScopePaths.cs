using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Explanations;

/// <summary>Finds the shortest way by which one scope implies another.</summary>
internal static class ScopePaths
{
    /// <summary>From, through, to; empty if there is no way. <c>self</c> leads to what it stands for.</summary>
    public static IReadOnlyList<Scope> Shortest(ScopeCatalog catalog, Scope from, Scope to)
    {
        var previous = new Dictionary<Scope, Scope?> { [from] = null };
        var queue = new Queue<Scope>([from]);
        while (queue.TryDequeue(out var scope))
        {
            if (ReferenceEquals(scope, to))
            {
                return Walk(previous, to);
            }

            foreach (var next in Next(catalog, scope))
            {
                if (previous.TryAdd(next, scope))
                {
                    queue.Enqueue(next);
                }
            }
        }

        return [];
    }

    private static IEnumerable<Scope> Next(ScopeCatalog catalog, Scope scope) =>
        ReferenceEquals(scope, catalog.Self) ? BuiltInScopes.Self.Select(name => catalog[name]) : scope.Subscopes;

    private static List<Scope> Walk(Dictionary<Scope, Scope?> previous, Scope to)
    {
        var path = new List<Scope>();
        for (var scope = to; scope is not null; scope = previous[scope])
        {
            path.Add(scope);
        }

        path.Reverse();
        return path;
    }
}
