using System.Collections.Concurrent;
using JupyterHub.Core.Data;
using JupyterHub.Rbac.Filters;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Users;

/// <summary>How many users a listing has on all its pages. Counting costs more than a page does, so totals are kept while nothing has changed.</summary>
internal sealed class UserTotals(IHubDatabase database)
{
    private const int MostKept = 256;

    private volatile Generation generation = new(-1);

    /// <param name="version">The change version from before the read began.</param>
    /// <param name="query">What is listed.</param>
    /// <param name="allowed">What the asker may list.</param>
    /// <param name="matching">The rows to count.</param>
    /// <param name="cancellationToken">Cancels counting.</param>
    public async Task<int> CountAsync(long version, UserQuery query, ScopeFilters allowed, IQueryable<HubUser> matching, CancellationToken cancellationToken)
    {
        var current = generation;
        if (current.Version != version || current.Totals.Count >= MostKept)
        {
            generation = current = new Generation(version);
        }

        var state = query.State == UserState.Ready ? UserState.Active : query.State;
        if (current.Totals.TryGetValue((state, query.NameFilter, allowed), out var known))
        {
            return known;
        }

        var total = await matching.CountAsync(cancellationToken);
        if (database.ChangeVersion == version)
        {
            current.Totals[(state, query.NameFilter, allowed)] = total;
        }

        return total;
    }

    private sealed class Generation(long version)
    {
        public long Version { get; } = version;

        public ConcurrentDictionary<(UserState State, string? NameFilter, ScopeFilters Allowed), int> Totals { get; } = [];
    }
}
