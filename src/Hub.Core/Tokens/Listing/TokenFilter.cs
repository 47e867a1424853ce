using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tokens.Listing;

/// <summary>Turns what is asked for, and whose tokens the asker may see, into SQL.</summary>
internal static class TokenFilter
{
    /// <summary>The tokens of those for whom the asker holds <c>read:tokens</c>.</summary>
    public static async Task<IQueryable<HubToken>> VisibleAsync(HubDbContext db, Authority asker, CancellationToken cancellationToken)
    {
        var allowed = asker.Permissions.FiltersOf("read:tokens");
        if (allowed.IsUnrestricted)
        {
            // A row that belongs to nobody opens nothing.
            return db.Tokens.Where(row => row.UserId != null || row.ServiceId != null);
        }

        var names = allowed.Services.ToArray();
        var services = names.Length == 0
            ? []
            : await db.Services.Where(service => EF.Parameter(names).Contains(service.Name)).Select(service => (int?)service.Id).ToArrayAsync(cancellationToken);
        return OfOwners(db.Tokens, UserFilter.Visible(db, db.Users, allowed).Select(user => (int?)user.Id), services);
    }

    public static async Task<IQueryable<HubToken>> ApplyAsync(HubDbContext db, IQueryable<HubToken> tokens, TokenQuery query, DateTime now, CancellationToken cancellationToken)
    {
        tokens = tokens.Where(row => row.ClientId != null && (row.ExpiresAt == null || row.ExpiresAt >= now));
        if (query.User is { } user)
        {
            tokens = tokens.Where(row => row.UserId == db.Users.Where(owner => owner.Name == user).Select(owner => (int?)owner.Id).FirstOrDefault());
        }

        if (query.Owner is { Length: > 0 } part)
        {
            var pattern = LikePattern.Holding(part.ToLowerInvariant());
            var services = await db.Services.Where(service => EF.Functions.Like(service.Name, pattern, LikePattern.Escape)).Select(service => (int?)service.Id).ToArrayAsync(cancellationToken);
            tokens = OfOwners(tokens, db.Users.Where(owner => EF.Functions.Like(owner.Name, pattern, LikePattern.Escape)).Select(owner => (int?)owner.Id), services);
        }

        if (query.Note is { Length: > 0 } note)
        {
            var pattern = LikePattern.Holding(note);
            tokens = tokens.Where(row => EF.Functions.Like(row.Note!, pattern, LikePattern.Escape));
        }

        var before = now - TokenListing.LongTime;
        return query.Use switch
        {
            TokenUse.NeverUsed => tokens.Where(row => row.LastActivity == null),
            TokenUse.UnusedForLong => tokens.Where(row => (row.LastActivity ?? row.Created) < before),
            TokenUse.NeverExpires => tokens.Where(row => row.ExpiresAt == null),
            _ => tokens,
        };
    }

    /// <summary>Databases disagree about where nulls belong, so it is said. Indexes have these orders; ids grow with the time of creation.</summary>
    public static IQueryable<HubToken> Sort(IQueryable<HubToken> tokens, TokenQuery query) => (SortOf(query), query.IsDescending) switch
    {
        (TokenSort.Created, false) => tokens.OrderBy(row => row.Id),
        (TokenSort.Created, true) => tokens.OrderByDescending(row => row.Id),
        (TokenSort.LastUse, false) => tokens.OrderBy(row => row.LastActivity != null).ThenBy(row => row.LastActivity).ThenBy(row => row.Id),
        (TokenSort.LastUse, true) => tokens.OrderByDescending(row => row.LastActivity != null).ThenByDescending(row => row.LastActivity).ThenByDescending(row => row.Id),
        (_, false) => tokens.OrderBy(row => row.ExpiresAt == null).ThenBy(row => row.ExpiresAt).ThenBy(row => row.Id),
        (_, true) => tokens.OrderByDescending(row => row.ExpiresAt == null).ThenByDescending(row => row.ExpiresAt).ThenByDescending(row => row.Id),
    };

    /// <summary>What was never used has no order of use.</summary>
    private static TokenSort SortOf(TokenQuery query) => query is { Use: TokenUse.NeverUsed, Sort: TokenSort.LastUse } ? TokenSort.Created : query.Sort;

    /// <summary>Services are few and are looked up first: where none of them is meant, the tokens of users are found without looking at all others.</summary>
    private static IQueryable<HubToken> OfOwners(IQueryable<HubToken> tokens, IQueryable<int?> users, int?[] services) => services.Length == 0
        ? tokens.Where(row => users.Contains(row.UserId))
        : tokens.Where(row => users.Contains(row.UserId) || EF.Parameter(services).Contains(row.ServiceId));
}
