using System.Security.Cryptography;
using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Authentication;

/// <summary>The shared passwords that the database keeps, as hashes: made up on the first run, replaced by <c>hub password</c>.</summary>
internal sealed class SharedPasswordStore(IHubDatabase database, TimeProvider time)
{
    // No characters that look alike: people type these from a terminal.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int MadeUpUserLength = 16;

    /// <summary>Makes up those of the given kinds that are not there yet.</summary>
    /// <returns>The new passwords by kind. Of two processes that start at once only one gets each.</returns>
    public async Task<IReadOnlyDictionary<string, string>> EnsureAsync(IEnumerable<string> kinds, CancellationToken cancellationToken)
    {
        // Hashing takes a while, so it happens in front of the write, for those that look necessary.
        var known = await database.ReadAsync((context, token) => KindsAsync(context, token), cancellationToken);
        var drafts = kinds.Except(known).ToDictionary(kind => kind, MakeUp);
        if (drafts.Count == 0)
        {
            return drafts;
        }

        var rows = drafts.Select(draft => NewRow(draft.Key, draft.Value)).ToList();
        return await database.WriteAsync(
            async (context, token) =>
            {
                foreach (var kept in await KindsAsync(context, token))
                {
                    drafts.Remove(kept);
                }

                context.SharedPasswords.AddRange(rows.Where(row => drafts.ContainsKey(row.Kind)));
                return drafts;
            },
            cancellationToken);
    }

    /// <summary>Stores a password in place of the one that was there.</summary>
    public Task SetAsync(string kind, string password, CancellationToken cancellationToken)
    {
        var row = NewRow(kind, password);
        return database.WriteAsync(
            async (context, token) =>
            {
                await context.SharedPasswords.Where(kept => kept.Kind == kind).ExecuteDeleteAsync(token);
                context.SharedPasswords.Add(row);
            },
            cancellationToken);
    }

    /// <summary>The hash that counts now, null if there is none.</summary>
    public Task<string?> HashOfAsync(string kind, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (context, token) => context.SharedPasswords.Where(row => row.Kind == kind).Select(row => row.Hash).FirstOrDefaultAsync(token),
            cancellationToken);

    private static Task<List<string>> KindsAsync(HubDbContext context, CancellationToken cancellationToken) =>
        context.SharedPasswords.Select(row => row.Kind).ToListAsync(cancellationToken);

    private static string MakeUp(string kind) =>
        RandomNumberGenerator.GetString(Alphabet, Math.Max(MadeUpUserLength, SharedPasswordKind.ShortestOf(kind)));

    private SharedPassword NewRow(string kind, string password) =>
        new() { Kind = kind, Hash = PasswordHash.Create(password), ChangedAt = time.GetHubTime() };
}
