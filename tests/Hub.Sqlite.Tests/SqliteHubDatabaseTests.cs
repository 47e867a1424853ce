using JupyterHub.Core.Data;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Users;
using JupyterHub.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Sqlite.Tests;

public sealed class SqliteHubDatabaseTests
{
    [Fact]
    public async Task Hundreds_of_parallel_writes_of_two_hubs_are_each_counted_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var other = await database.OpenAnotherAsync();
        var before = database.Hub.ChangeVersion;

        await Task.WhenAll(Enumerable.Range(0, 400).Select(number => Task.Run(() =>
            (number % 2 == 0 ? database.Hub : other).WriteAsync(
                (context, _) => Task.FromResult(context.Groups.Add(new HubGroup { Name = $"group-{number}" })),
                CancellationToken.None))));

        Assert.Equal(400, (await database.ListAsync<HubGroup>()).Select(group => group.Name).Distinct().Count());
        using var connection = database.Connect();
        Assert.Equal(before + 400, connection.ReadChangeVersion());
        await Eventually.TrueAsync(() => database.Hub.ChangeVersion == before + 400 && other.ChangeVersion == before + 400);
    }

    [Fact]
    public async Task Parallel_increments_lose_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddAsync(new HubGroup { Name = "counter", Properties = new() { ["n"] = 0 } });

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => database.Hub.WriteAsync(
            async (context, cancel) =>
            {
                var group = await context.Groups.SingleAsync(cancel);
                group.Properties!["n"] = group.Properties["n"]!.GetValue<int>() + 1;
            },
            CancellationToken.None))));

        Assert.Equal(200, (await database.ListAsync<HubGroup>())[0].Properties!["n"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_reader_does_not_wait_for_a_writer_nor_see_what_is_not_committed()
    {
        await using var database = await TestDatabase.CreateAsync();
        var writing = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var write = database.Hub.WriteAsync(
            async (context, cancel) =>
            {
                context.Groups.Add(new HubGroup { Name = "new" });
                await context.SaveChangesAsync(cancel);
                writing.SetResult();
                await goOn.Task;
            },
            CancellationToken.None);
        await writing.Task;

        Assert.Empty(await database.ListAsync<HubGroup>().WaitAsync(Eventually.Deadline));

        goOn.SetResult();
        await write;
        Assert.Single(await database.ListAsync<HubGroup>());
    }

    [Fact]
    public async Task A_writer_does_not_wait_for_a_reader_who_goes_on_seeing_one_state()
    {
        await using var database = await TestDatabase.CreateAsync();

        var counts = await database.Hub.ReadAsync(
            async (context, cancel) =>
            {
                var first = await context.Groups.CountAsync(cancel);
                await database.AddAsync(new HubGroup { Name = "new" }).WaitAsync(Eventually.Deadline, cancel);
                return (first, await context.Groups.CountAsync(cancel));
            },
            CancellationToken.None);

        Assert.Equal((0, 0), counts);
        Assert.Single(await database.ListAsync<HubGroup>());
    }

    [Fact]
    public async Task A_read_cannot_write()
    {
        await using var database = await TestDatabase.CreateAsync();

        await Assert.ThrowsAsync<SqliteException>(() => database.Hub.ReadAsync((context, cancel) => context.Groups.ExecuteDeleteAsync(cancel), CancellationToken.None));

        await database.AddAsync(new HubGroup { Name = "the same connection writes again" });
    }

    [Fact]
    public async Task A_failing_write_leaves_nothing_behind_and_the_next_one_runs()
    {
        await using var database = await TestDatabase.CreateAsync();
        var before = database.Hub.ChangeVersion;

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.Hub.WriteAsync(
            async (context, cancel) =>
            {
                context.Groups.Add(new HubGroup { Name = "half" });
                await context.SaveChangesAsync(cancel);
                throw new InvalidOperationException("in the middle");
            },
            CancellationToken.None));
        await Assert.ThrowsAsync<DbUpdateException>(() => database.AddAsync(new UserGroup { UserId = 99, GroupId = 99 }));
        await Assert.ThrowsAsync<ArgumentException>(() => database.Hub.WriteAsync<int>((_, _) => throw new ArgumentException("at once"), CancellationToken.None));

        Assert.Empty(await database.ListAsync<HubGroup>());
        Assert.Equal(before, database.Hub.ChangeVersion);
        await database.AddAsync(new HubGroup { Name = "whole" });
        Assert.Equal(before + 1, database.Hub.ChangeVersion);
    }

    [Fact]
    public async Task A_write_that_is_cancelled_while_it_runs_leaves_nothing_behind()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.Hub.WriteAsync(
            async (context, _) =>
            {
                context.Groups.Add(new HubGroup { Name = "half" });
                await cancellation.CancelAsync();
            },
            cancellation.Token));

        Assert.Empty(await database.ListAsync<HubGroup>());
    }

    [Fact]
    public async Task A_write_waits_for_another_program_and_says_so_when_that_takes_too_long()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var hasty = new SqliteHubDatabase(
            SqliteDatabaseSettings.Parse($"Data Source={database.Path};Default Timeout=1", "/"), TimeProvider.System, NullLogger<SqliteHubDatabase>.Instance);
        await hasty.OpenAsync(CancellationToken.None);
        using var program = database.Connect();
        program.Execute("BEGIN IMMEDIATE");

        var waiting = database.AddAsync(new HubGroup { Name = "patient" });
        var exception = await Assert.ThrowsAsync<DatabaseBusyException>(() => hasty.WriteAsync((context, _) => Task.FromResult(context.Groups.Add(new HubGroup { Name = "hasty" })), CancellationToken.None));
        Assert.Contains("1 seconds", exception.Message, StringComparison.Ordinal);
        Assert.False(waiting.IsCompleted);

        program.Execute("COMMIT");
        await waiting;
        Assert.Equal(["patient"], (await database.ListAsync<HubGroup>()).Select(group => group.Name));
    }

    [Fact]
    public async Task Each_connection_has_its_settings()
    {
        await using var database = await TestDatabase.CreateAsync();
        var read = await database.Hub.ReadAsync((context, _) => Task.FromResult(Settings(context)), CancellationToken.None);
        var write = await database.Hub.WriteAsync((context, _) => Task.FromResult(Settings(context)), CancellationToken.None);

        Assert.Equal("wal foreign_keys=1 synchronous=2 query_only=1", read);
        Assert.Equal("wal foreign_keys=1 synchronous=2 query_only=0", write);
    }

    [Fact]
    public async Task Before_it_is_opened_and_after_it_is_disposed_it_is_not_used()
    {
        var database = TestDatabase.CopyOf("6.0.0b2");
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.ListAsync<HubUser>());

        await database.Hub.OpenAsync(CancellationToken.None);
        await database.Hub.OpenAsync(CancellationToken.None);
        var last = database.AddAsync(new HubGroup { Name = "asked for before" });
        await database.DisposeAsync();

        await last;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.ListAsync<HubUser>());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.AddUserAsync("late"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.Hub.OpenAsync(CancellationToken.None));
    }

    private static string Settings(HubDbContext context)
    {
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        string Ask(string pragma) => connection.Query($"PRAGMA {pragma}", row => row.GetString(0))[0];
        return $"{Ask("journal_mode")} foreign_keys={Ask("foreign_keys")} synchronous={Ask("synchronous")} query_only={Ask("query_only")}";
    }
}
