using System.Collections.Frozen;
using JupyterHub.Core.Caching;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Announcements;

/// <summary>What pages tell everybody: the configuration's announcements, over which those count that were set while the hub runs.</summary>
/// <remarks>They are kept in memory until something in the database changes, by this hub or another one: pages ask for them each time.</remarks>
internal sealed class PageAnnouncements(IHubDatabase database, JupyterHubOptions options, TimeProvider time, ILogger<PageAnnouncements> logger)
{
    public const int LongestMessage = 2000;

    private readonly KeptReads<string, FrozenDictionary<string, PageAnnouncement>> stored = new(database, 1);
    private readonly FrozenDictionary<string, PageAnnouncement> configured = ConfiguredAnnouncements.Of(options)
        .ToFrozenDictionary(given => given.Page, given => new PageAnnouncement(given.Page, given.Message), StringComparer.Ordinal);

    private volatile FrozenDictionary<string, PageAnnouncement>? last;

    /// <summary>What a page shows: its own announcement, else the one for all pages; null for none.</summary>
    /// <remarks>A page that tells of a broken database must not need it: then what was known last counts.</remarks>
    public async Task<string?> ForAsync(string page, CancellationToken cancellationToken)
    {
        FrozenDictionary<string, PageAnnouncement> current;
        try
        {
            current = await CurrentAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            Log.NotRead(logger, problem);
            current = last ?? configured;
        }

        var found = current.GetValueOrDefault(page) ?? current.GetValueOrDefault(PageNames.All);
        return string.IsNullOrWhiteSpace(found?.Message) ? null : found.Message;
    }

    /// <summary>All that count, the one for all pages first.</summary>
    public async Task<IReadOnlyList<PageAnnouncement>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await CurrentAsync(cancellationToken)).Values.OrderBy(row => row.Page != PageNames.All).ThenBy(row => row.Page, StringComparer.Ordinal)];

    /// <summary>Sets what a page shows from now on, on all hubs that share the database.</summary>
    /// <param name="page">A known page, or <see cref="PageNames.All"/>.</param>
    /// <param name="message">Plain text of at most <see cref="LongestMessage"/> characters; empty to show nothing, whatever the configuration says.</param>
    /// <param name="changedBy">Who wants that.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PageAnnouncement> SetAsync(string page, string message, string changedBy, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length, LongestMessage);
        var key = KeyOf(page);
        var now = time.GetHubTime();
        await database.WriteAsync(
            async (db, token) =>
            {
                var row = await db.Set<Announcement>().AsTracking().SingleOrDefaultAsync(known => known.Page == key, token);
                if (row is null)
                {
                    db.Add(new Announcement { Page = key, Message = message, ChangedBy = changedBy, ChangedAt = now });
                    return;
                }

                (row.Message, row.ChangedBy, row.ChangedAt) = (message, changedBy, now);
            },
            cancellationToken);
        Log.Changed(logger, page, message.Length, LogText.Bound(changedBy));
        return new PageAnnouncement(page, message, changedBy, now);
    }

    /// <summary>Takes back what was set at run time, so that the configuration counts again; false if there was nothing.</summary>
    public async Task<bool> RemoveAsync(string page, string changedBy, CancellationToken cancellationToken)
    {
        var key = KeyOf(page);
        var isRemoved = await database.WriteAsync(
            async (db, token) => await db.Set<Announcement>().Where(row => row.Page == key).ExecuteDeleteAsync(token) > 0, cancellationToken);
        if (isRemoved)
        {
            Log.Removed(logger, page, LogText.Bound(changedBy));
        }

        return isRemoved;
    }

    private async Task<FrozenDictionary<string, PageAnnouncement>> CurrentAsync(CancellationToken cancellationToken) =>
        last = await stored.GetWithoutActivityAsync("", ReadAsync, cancellationToken) ?? configured;

    private async Task<FrozenDictionary<string, PageAnnouncement>?> ReadAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var merged = new Dictionary<string, PageAnnouncement>(configured, StringComparer.Ordinal);
        foreach (var row in await db.Set<Announcement>().ToListAsync(cancellationToken))
        {
            var page = row.Page.Length == 0 ? PageNames.All : row.Page;
            merged[page] = new PageAnnouncement(page, row.Message, row.ChangedBy ?? "", row.ChangedAt);
        }

        return merged.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string KeyOf(string page) => page == PageNames.All ? ""
        : PageNames.Known.Contains(page) ? page
        : throw new ArgumentException("There is no page of this name.", nameof(page));
}
