using JupyterHub.Core.Shares;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using JupyterHub.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Core.Tests.Shares;

/// <summary>Who accepted an invitation is remembered, but not without end.</summary>
public sealed class ShareCodeUsesTests : IAsyncLifetime
{
    private const string Code = "a-code-of-this-test";
    private readonly FakeTime time = new();
    private TestDatabase database = null!;
    private ShareCode code = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(time);
        var ada = await database.AddUserAsync("ada");
        var server = await database.AddSpawnerAsync(ada);
        code = await database.AddAsync(new ShareCode
        {
            Hashed = TokenHash.Create(Code), Prefix = TokenHash.PrefixOf(Code), OwnerId = ada.Id, SpawnerId = server.Id, Scopes = ["access:servers!server=ada/"],
            CreatedAt = time.GetUtcNow().UtcDateTime,
        });
    }

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    [Fact]
    public async Task The_newest_thousand_people_are_kept_and_nobody_pushes_others_out_by_repeating()
    {
        var first = await database.AddUserAsync("first");
        await AcceptAsync(first);
        await database.Hub.WriteAsync(
            (db, _) =>
            {
                for (var number = 1; number < ShareCodeUses.MostKept; number++)
                {
                    var user = new HubUser { Name = $"user-{number}", CookieId = $"cookie-{number}" };
                    db.Add(user);
                }

                return Task.FromResult(0);
            },
            CancellationToken.None);
        await database.Hub.WriteAsync(
            async (db, token) =>
            {
                foreach (var id in await db.Users.Where(user => user.Name.StartsWith("user-")).Select(user => user.Id).ToListAsync(token))
                {
                    await ShareCodeUses.RecordAsync(db, code.Id, id, time.GetUtcNow().UtcDateTime.AddSeconds(id), token);
                }

                return 0;
            },
            CancellationToken.None);
        for (var again = 0; again < 5; again++)
        {
            time.Advance(TimeSpan.FromHours(1));
            await AcceptAsync(first);
        }

        var full = await database.ListAsync<ShareCodeUse>();
        Assert.Equal(ShareCodeUses.MostKept, full.Count);
        Assert.Equal(time.GetUtcNow().UtcDateTime, full.Single(use => use.UserId == first.Id).UsedAt);

        var late = await database.AddUserAsync("late");
        time.Advance(TimeSpan.FromSeconds(1));
        await AcceptAsync(late);
        var kept = await database.ListAsync<ShareCodeUse>();
        Assert.Equal(ShareCodeUses.MostKept, kept.Count);
        var gone = Assert.Single(full.Select(use => use.UserId).Except(kept.Select(use => use.UserId)));
        Assert.Equal(full.MinBy(use => use.UsedAt)!.UserId, gone);
        Assert.Contains(kept, use => use.UserId == late.Id);
        Assert.Equal(7, Assert.Single(await database.ListAsync<ShareCode>()).ExchangeCount);
    }

    [Fact]
    public async Task Uses_go_with_their_person_and_with_their_code()
    {
        var (grace, linus) = (await database.AddUserAsync("grace"), await database.AddUserAsync("linus"));
        await AcceptAsync(grace);
        await AcceptAsync(linus);
        await database.Hub.WriteAsync((db, token) => db.Users.Where(user => user.Id == grace.Id).ExecuteDeleteAsync(token), CancellationToken.None);
        Assert.Equal(linus.Id, Assert.Single(await database.ListAsync<ShareCodeUse>()).UserId);
        await database.Hub.WriteAsync((db, token) => db.ShareCodes.ExecuteDeleteAsync(token), CancellationToken.None);
        Assert.Empty(await database.ListAsync<ShareCodeUse>());
    }

    private async Task AcceptAsync(HubUser user) =>
        Assert.NotNull(await new ShareExchange(database.Hub, time, NullLogger<ShareExchange>.Instance).AcceptAsync(Code, user, CancellationToken.None));
}
