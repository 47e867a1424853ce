using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Tests.Authentication;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using JupyterHub.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Tests.ActivityTracking;

/// <summary>Activity is gathered in memory and written in batches: only forward, never to another row of the same id, and never in anybody's way.</summary>
public sealed class PendingActivityTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly FakeTime time = new();
    private readonly RecordedLogs logs = new();
    private TestDatabase database = null!;
    private CountingDatabase counting = null!;
    private PendingActivity pending = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        counting = new CountingDatabase(database.Hub);
        pending = New();
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    public void Dispose() => logs.Dispose();

    [Fact]
    public async Task Many_notes_become_one_transaction_and_the_latest_time_stays()
    {
        var users = new List<HubUser>();
        for (var number = 0; number < 20; number++)
        {
            users.Add(await database.AddUserAsync($"user-{number}"));
        }

        foreach (var second in new[] { 5, 9, 2 })
        {
            users.ForEach(user => pending.Note(user, Noon.AddSeconds(second)));
        }

        Assert.All(users, user => Assert.Equal(Noon.AddSeconds(9), pending.OfUser(user.Id, user.LastActivity)));
        Assert.Equal(0, counting.Writes);
        await pending.WriteAsync();

        Assert.Equal(1, counting.Writes);
        Assert.True(pending.IsAllWritten);
        Assert.All(await database.ListAsync<HubUser>(), user => Assert.Equal(Noon.AddSeconds(9), user.LastActivity));
        await pending.FlushAsync(default);
        Assert.Equal(1, counting.Writes);
    }

    [Fact]
    public async Task Users_tokens_and_servers_are_written()
    {
        var ada = await database.AddUserAsync("ada");
        var server = await database.AddSpawnerAsync(ada, "lab");
        await database.AddTokenAsync(ada);
        var token = Assert.Single(await database.ListAsync<HubToken>());

        pending.Note(ada, Noon);
        pending.Note(ada, server, Noon.AddSeconds(1));
        pending.Note(token, Noon.AddTicks(19));
        Assert.Equal(Noon.AddSeconds(1), pending.OfSpawner(server.Id, null));
        Assert.Equal(Noon.AddTicks(10), pending.OfToken(token.Id, null));
        await pending.WriteAsync();

        Assert.Equal(Noon, Assert.Single(await database.ListAsync<HubUser>()).LastActivity);
        Assert.Equal(Noon.AddSeconds(1), Assert.Single(await database.ListAsync<HubSpawner>()).LastActivity);
        Assert.Equal(Noon.AddTicks(10), Assert.Single(await database.ListAsync<HubToken>()).LastActivity);
    }

    [Fact]
    public async Task Times_move_forward_only_whatever_another_hub_wrote()
    {
        var ada = await database.AddUserAsync("ada");
        pending.Note(ada, Noon);
        var other = await database.OpenAnotherAsync();
        await other.WriteAsync((db, cancel) => db.Users.ExecuteUpdateAsync(set => set.SetProperty(row => row.LastActivity, Noon.AddHours(1)), cancel), default);

        await pending.WriteAsync();

        Assert.Equal(Noon.AddHours(1), Assert.Single(await database.ListAsync<HubUser>()).LastActivity);
        Assert.Equal(Noon.AddHours(1), pending.OfUser(ada.Id, Noon.AddHours(1)));
    }

    [Fact]
    public async Task Activity_is_no_change_that_anything_depends_on()
    {
        var ada = await database.AddUserAsync("ada");
        var (changes, commits) = (database.Hub.ChangeVersion, database.Hub.CommitVersion);
        pending.Note(ada, Noon);
        await pending.WriteAsync();

        Assert.Equal(changes, database.Hub.ChangeVersion);
        Assert.NotEqual(commits, database.Hub.CommitVersion);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_with_the_id_of_a_deleted_one_is_not_touched(bool wasSeenBefore)
    {
        var ada = await database.AddUserAsync("ada");
        ada.LastActivity = wasSeenBefore ? Noon.AddDays(-1) : null;
        pending.Note(ada, Noon);
        await DeleteAsync<HubUser>();
        var grace = await database.AddUserAsync("grace");
        Assert.Equal(ada.Id, grace.Id);

        if (wasSeenBefore)
        {
            Assert.Null(pending.OfUser(grace.Id, grace.LastActivity));
        }

        Assert.Null(pending.LastOf(grace));
        await pending.WriteAsync();

        Assert.Null(Assert.Single(await database.ListAsync<HubUser>()).LastActivity);
        pending.Note(grace, Noon.AddSeconds(-5));
        Assert.Equal(Noon.AddSeconds(-5), pending.OfUser(grace.Id, null));
    }

    [Fact]
    public async Task A_token_with_the_id_of_a_deleted_one_is_not_touched()
    {
        var ada = await database.AddUserAsync("ada");
        await database.AddTokenAsync(ada);
        var old = Assert.Single(await database.ListAsync<HubToken>());
        pending.Note(old, Noon);
        await DeleteAsync<HubToken>();
        await database.AddTokenAsync(ada);

        await pending.WriteAsync();

        var next = Assert.Single(await database.ListAsync<HubToken>());
        Assert.Equal(old.Id, next.Id);
        Assert.Null(next.LastActivity);
    }

    [Theory]
    [InlineData("ada", "other")]
    [InlineData("grace", "lab")]
    [InlineData("ada", "lab")]
    public async Task A_server_with_the_id_of_a_deleted_one_is_not_touched(string nextOwner, string nextName)
    {
        var owner = await database.AddUserAsync("ada");
        var old = await database.AddAsync(new HubSpawner { UserId = owner.Id, Name = "lab", LastActivity = Noon.AddDays(-1) });
        pending.Note(owner, old, Noon);
        await DeleteAsync<HubSpawner>();
        if (nextOwner != "ada")
        {
            await DeleteAsync<HubUser>();
            owner = await database.AddUserAsync(nextOwner);
        }

        var next = await database.AddSpawnerAsync(owner, nextName);
        Assert.Equal(old.Id, next.Id);
        Assert.Null(pending.OfSpawner(next.Id, next.LastActivity));
        await pending.WriteAsync();

        Assert.Null(Assert.Single(await database.ListAsync<HubSpawner>()).LastActivity);
    }

    [Fact]
    public async Task A_database_that_fails_keeps_nothing_from_being_noted_or_asked_and_is_tried_again()
    {
        var ada = await database.AddUserAsync("ada");
        counting.Failure = new DatabaseBusyException("locked", new IOException());
        pending.Note(ada, Noon);
        for (var turn = 0; turn < 3; turn++)
        {
            await pending.WriteAsync();
            await pending.FlushAsync(default);
        }

        // A flush waits but a moment for its write, which then may be the next turn's, too.
        Assert.InRange(counting.Writes, 3, 6);
        Assert.Equal(Noon, pending.OfUser(ada.Id, null));
        Assert.Single(logs.Lines, line => line.Contains("could not be written", StringComparison.Ordinal));
        counting.Failure = null;
        await pending.WriteAsync();

        Assert.Equal(Noon, Assert.Single(await database.ListAsync<HubUser>()).LastActivity);
        Assert.Single(logs.Lines, line => line.Contains("written again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_flushes_of_a_locked_database_are_one_write_that_waits()
    {
        var ada = await database.AddUserAsync("ada");
        using var other = database.Connect();
        using (var command = other.CreateCommand())
        {
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
        }

        pending.Note(ada, Noon);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => pending.FlushAsync(default)));
        await Eventually.TrueAsync("the write", () => counting.Writes > 0);
        Assert.Equal(1, counting.Writes);
        Assert.False(pending.IsAllWritten);

        using (var command = other.CreateCommand())
        {
            command.CommandText = "ROLLBACK";
            command.ExecuteNonQuery();
        }

        await pending.WriteAsync();
        await Eventually.TrueAsync(() => pending.IsAllWritten);
        Assert.Equal(Noon, Assert.Single(await database.ListAsync<HubUser>()).LastActivity);
    }

    [Fact]
    public async Task Memory_is_bounded_and_says_so_once()
    {
        counting.Failure = new DatabaseBusyException("locked", new IOException());
        for (var id = 1; id <= PendingActivity.Capacity + 10; id++)
        {
            pending.Note(new HubUser { Id = id, Name = "x", CookieId = "x" }, Noon);
        }

        Assert.Equal(Noon, pending.OfUser(PendingActivity.Capacity, null));
        Assert.Null(pending.OfUser(PendingActivity.Capacity + 1, null));
        pending.Note(new HubUser { Id = 1, Name = "x", CookieId = "x" }, Noon.AddSeconds(1));
        Assert.Equal(Noon.AddSeconds(1), pending.OfUser(1, null));
        Assert.Single(logs.Lines, line => line.Contains("waits to be written", StringComparison.Ordinal));

        counting.Failure = null;
        await pending.WriteAsync();
        Assert.True(pending.IsAllWritten);
    }

    [Fact]
    public async Task Whoever_asks_while_it_is_written_never_sees_an_older_time_than_was_noted()
    {
        var ada = await database.AddUserAsync("ada");
        for (var second = 1; second <= 50; second++)
        {
            pending.Note(ada, Noon.AddSeconds(second));
            var writing = pending.WriteAsync();
            do
            {
                var stored = (await database.ListAsync<HubUser>())[0].LastActivity;
                Assert.Equal(Noon.AddSeconds(second), pending.OfUser(ada.Id, stored));
            }
            while (!writing.IsCompleted);
        }
    }

    [Fact]
    public async Task What_was_written_is_forgotten_after_a_while()
    {
        var ada = await database.AddUserAsync("ada");
        pending.Note(ada, time.GetHubTime());
        await pending.WriteAsync();
        Assert.Equal(time.GetHubTime(), pending.LastOf(ada));

        time.Advance(TimeSpan.FromSeconds(31));
        for (var round = 0; round < 4; round++)
        {
            pending.NextRound(TimeSpan.FromSeconds(30));
        }

        Assert.Null(pending.LastOf(ada));
    }

    [Fact]
    public async Task A_second_is_the_longest_that_anything_waits_and_a_stop_writes_the_rest()
    {
        var ada = await database.AddUserAsync("ada");
        using var flush = new ActivityFlush(pending, new JupyterHubOptions(), time);
        await flush.StartAsync(default);
        await Eventually.TrueAsync(() => time.WaitingTimers > 0);
        pending.Note(ada, Noon);
        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(0, counting.Writes);
        time.Advance(TimeSpan.FromSeconds(0.1));
        await Eventually.TrueAsync(() => pending.IsAllWritten);

        pending.Note(ada, Noon.AddSeconds(7));
        await flush.StopAsync(default);

        Assert.Equal(Noon.AddSeconds(7), Assert.Single(await database.ListAsync<HubUser>()).LastActivity);
    }

    [Fact]
    public async Task A_use_is_noted_at_most_once_per_resolution_however_old_the_row_is_that_the_request_holds()
    {
        var ada = await database.AddUserAsync("ada");
        await database.AddTokenAsync(ada);
        var token = (await database.Hub.ReadAsync((db, cancel) => db.Tokens.Include(row => row.User).ToListAsync(cancel), default))[0];
        var recorder = new ActivityRecorder(pending, new JupyterHubOptions { ActivityResolution = 30 }, time);
        var first = time.GetHubTime();

        recorder.RecordTokenUse(token);
        await pending.WriteAsync();
        time.Advance(TimeSpan.FromSeconds(29));
        recorder.RecordTokenUse(token);
        recorder.RecordUser(ada);
        Assert.True(pending.IsAllWritten);
        Assert.Equal(first, pending.OfUser(ada.Id, first));

        time.Advance(TimeSpan.FromSeconds(1));
        recorder.RecordTokenUse(token);
        Assert.Equal(first.AddSeconds(30), pending.OfUser(ada.Id, first));
        Assert.Equal(first.AddSeconds(30), pending.OfToken(token.Id, first));
    }

    private PendingActivity New()
    {
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace));
        return new PendingActivity(counting, time, factory.CreateLogger<PendingActivity>());
    }

    private Task<int> DeleteAsync<T>()
        where T : class => database.Hub.WriteAsync((db, cancel) => db.Set<T>().ExecuteDeleteAsync(cancel), default);
}
