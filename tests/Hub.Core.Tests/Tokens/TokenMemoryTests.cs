using JupyterHub.Core.Data;
using JupyterHub.Core.Groups;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;
using JupyterHub.Testing;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tests.Tokens;

/// <summary>What the finder of tokens keeps in memory: as long as it is provably true, and no more than it has room for.</summary>
public sealed class TokenMemoryTests
{
    private const string Chosen = "chosen-by-an-operator-0001";

    private readonly FakeTime time = new();

    [Fact]
    public async Task A_token_that_was_shown_before_costs_no_look_into_the_database()
    {
        await using var database = await TestDatabase.CreateAsync();
        var token = await database.AddTokenAsync(await database.AddUserAsync("ada"));
        var counting = new CountingDatabase(database.Hub);
        using var finder = new TokenFinder(counting, time);

        var first = await finder.FindAsync(token, default);
        var reads = counting.Reads;

        Assert.Equal("ada", first!.User!.Name);
        for (var turn = 0; turn < 20; turn++)
        {
            Assert.Same(first, await finder.FindAsync(token, default));
            Assert.Null(await finder.FindAsync("0123456789abcdef0123456789abcdef", default));
        }

        Assert.Equal(reads + 1, counting.Reads);
    }

    [Fact]
    public async Task An_operators_token_is_hashed_slowly_once_whatever_is_written_in_between()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddChosenAsync(database);
        using var finder = new TokenFinder(database.Hub, time);

        for (var turn = 0; turn < 5; turn++)
        {
            Assert.NotNull(await finder.FindAsync(Chosen, default));
            await database.AddAsync(new HubGroup { Name = $"group-{turn}" });
        }

        Assert.Equal(1, finder.SlowComputations);
    }

    [Fact]
    public async Task The_slow_hash_stays_in_the_database()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddChosenAsync(database);
        using var finder = new TokenFinder(database.Hub, time);
        await finder.FindAsync(Chosen, default);

        Assert.StartsWith("sha512:16384:", Assert.Single(await database.ListAsync<HubToken>()).Hashed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_the_owner_has_shown_the_token_guesses_with_its_prefix_cost_no_slow_hash()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddChosenAsync(database);
        using var finder = new TokenFinder(database.Hub, time);
        await finder.FindAsync(Chosen, default);

        for (var guess = 0; guess < 50; guess++)
        {
            Assert.Null(await finder.FindAsync($"{Chosen}{guess}", default));
        }

        Assert.Equal(1, finder.SlowComputations);
    }

    [Fact]
    public async Task The_same_wrong_token_costs_one_slow_hash_and_then_none_whatever_is_written_in_between()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddChosenAsync(database);
        using var finder = new TokenFinder(database.Hub, time);

        for (var turn = 0; turn < 5; turn++)
        {
            Assert.Null(await finder.FindAsync(Chosen + "x", default));
            await database.AddAsync(new HubGroup { Name = $"group-{turn}" });
        }

        Assert.Equal(1, finder.SlowComputations);
        Assert.NotNull(await finder.FindAsync(Chosen, default));
    }

    [Fact]
    public async Task Many_who_show_a_token_at_once_share_one_computation()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddChosenAsync(database);
        using var finder = new TokenFinder(database.Hub, time);

        var found = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => finder.FindAsync(Chosen, default))));

        Assert.All(found, Assert.NotNull);
        Assert.Equal(1, finder.SlowComputations);
    }

    [Fact]
    public async Task Whoever_goes_away_takes_nobody_elses_answer_along()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddChosenAsync(database);
        using var finder = new TokenFinder(database.Hub, time);
        using var gone = new CancellationTokenSource();

        var leaving = finder.FindAsync(Chosen, gone.Token);
        var staying = finder.FindAsync(Chosen, default);
        await gone.CancelAsync();

        Assert.NotNull(await staying);
        await Task.WhenAny(leaving);
    }

    [Fact]
    public async Task A_change_is_seen_by_the_next_request()
    {
        await using var database = await TestDatabase.CreateAsync();
        var token = await database.AddTokenAsync(await database.AddUserAsync("ada"));
        using var finder = new TokenFinder(database.Hub, time);
        var row = (await finder.FindAsync(token, default))!;

        await database.Hub.WriteAsync((db, cancel) => db.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.Name, "augusta"), cancel), default);
        Assert.Equal("augusta", (await finder.FindAsync(token, default))!.User!.Name);
        await database.Hub.WriteAsync((db, cancel) => db.Tokens.Where(other => other.Id == row.Id).ExecuteDeleteAsync(cancel), default);
        Assert.Null(await finder.FindAsync(token, default));
    }

    [Fact]
    public async Task An_id_that_went_to_another_token_is_not_the_old_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (ada, grace) = (await database.AddUserAsync("ada"), await database.AddUserAsync("grace"));
        var old = await database.AddTokenAsync(ada);
        using var finder = new TokenFinder(database.Hub, time);
        var before = (await finder.FindAsync(old, default))!;

        await database.Hub.WriteAsync((db, cancel) => db.Tokens.ExecuteDeleteAsync(cancel), default);
        var next = await database.AddTokenAsync(grace);

        Assert.Null(await finder.FindAsync(old, default));
        var after = (await finder.FindAsync(next, default))!;
        Assert.Equal((before.Id, "grace"), (after.Id, after.User!.Name));
    }

    [Fact]
    public async Task A_token_ends_by_the_clock_without_a_write()
    {
        await using var database = await TestDatabase.CreateAsync(time);
        var token = await database.AddTokenAsync(new NewToken { UserId = (await database.AddUserAsync("ada")).Id, Scopes = ["inherit"], ExpiresIn = TimeSpan.FromHours(1) });
        using var finder = new TokenFinder(database.Hub, time);
        Assert.NotNull(await finder.FindAsync(token, default));

        time.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(await finder.FindAsync(token, default));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await finder.FindAsync(token, default));
    }

    [Fact]
    public async Task A_token_that_comes_into_being_later_is_found_although_it_was_unknown()
    {
        await using var database = await TestDatabase.CreateAsync();
        var ada = await database.AddUserAsync("ada");
        using var finder = new TokenFinder(database.Hub, time);
        Assert.Null(await finder.FindAsync(Chosen, default));

        await database.AddTokenAsync(new NewToken { UserId = ada.Id, Scopes = ["inherit"], Value = Chosen });

        Assert.NotNull(await finder.FindAsync(Chosen, default));
    }

    [Fact]
    public async Task A_database_that_fails_is_no_answer_to_keep()
    {
        await using var database = await TestDatabase.CreateAsync();
        var token = await database.AddTokenAsync(await database.AddUserAsync("ada"));
        await database.Hub.WriteAsync((db, cancel) => db.Tokens.ExecuteUpdateAsync(set => set.SetProperty(row => row.ClientId, (string?)null), cancel), default);
        var counting = new CountingDatabase(database.Hub) { Failure = new DatabaseBusyException("locked", new IOException()) };
        using var finder = new TokenFinder(counting, time);

        await Assert.ThrowsAsync<DatabaseBusyException>(() => finder.FindAsync(token, default));
        counting.Failure = null;
        Assert.Null(await finder.FindAsync(token, default));
        Assert.Empty(await database.ListAsync<HubToken>());
    }

    private static async Task AddChosenAsync(TestDatabase database) =>
        await database.AddTokenAsync(new NewToken { UserId = (await database.AddUserAsync("ada")).Id, Scopes = ["inherit"], Value = Chosen, ClientId = OAuthClient.HubIdentifier });
}
