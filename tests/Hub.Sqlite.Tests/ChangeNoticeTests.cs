using JupyterHub.Core.Data;
using JupyterHub.Core.Groups;
using JupyterHub.Testing;

namespace JupyterHub.Sqlite.Tests;

public sealed class ChangeNoticeTests
{
    [Fact]
    public async Task An_own_commit_is_known_at_once_whatever_the_clock_does()
    {
        await using var database = await TestDatabase.CreateAsync(new FakeTime());
        var before = database.Hub.ChangeVersion;
        var waiting = database.Hub.WaitForChangeAsync(before, CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        await database.AddAsync(new HubGroup { Name = "new" });

        Assert.Equal(before + 1, database.Hub.ChangeVersion);
        await waiting.WaitAsync(Eventually.Deadline);
        await database.Hub.WaitForChangeAsync(before, CancellationToken.None).WaitAsync(Eventually.Deadline);
    }

    [Fact]
    public async Task A_commit_of_another_program_is_known_after_a_second()
    {
        var time = new FakeTime();
        await using var database = await TestDatabase.CreateAsync(time);
        var before = database.Hub.ChangeVersion;
        using var connection = database.Connect();
        await Eventually.TrueAsync(() => time.WaitingTimers > 0);

        connection.Execute("INSERT INTO groups (name) VALUES ('new')");
        Assert.Equal(before, database.Hub.ChangeVersion);
        var waiting = database.Hub.WaitForChangeAsync(before, CancellationToken.None);

        time.Advance(TimeSpan.FromSeconds(1));
        await waiting.WaitAsync(Eventually.Deadline);
        Assert.Equal(before + 1, database.Hub.ChangeVersion);
    }

    [Fact]
    public async Task Activity_of_another_program_changes_nothing()
    {
        var time = new FakeTime();
        await using var database = await TestDatabase.CreateAsync(time);
        await database.AddUserAsync("ada");
        var before = database.Hub.ChangeVersion;
        using var connection = database.Connect();
        connection.Execute("UPDATE users SET last_activity = '2026-01-01 00:00:00.000000'");
        connection.Execute("INSERT INTO groups (name) VALUES ('a sign that polling went by')");

        await PollUntilAsync(time, () => database.Hub.ChangeVersion != before);

        Assert.Equal(before + 1, database.Hub.ChangeVersion);
    }

    [Fact]
    public async Task Every_commit_is_counted_an_own_one_at_once_and_one_of_another_program_after_a_second()
    {
        var time = new FakeTime();
        await using var database = await TestDatabase.CreateAsync(time);
        var ada = await database.AddUserAsync("ada");
        await Eventually.TrueAsync(() => time.WaitingTimers > 0);
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => time.WaitingTimers > 0);
        var before = database.Hub.CommitVersion;

        await database.Hub.WriteAsync((db, _) => Task.FromResult(db.Attach(ada).Entity.LastActivity = time.GetHubTime()), CancellationToken.None);
        Assert.True(database.Hub.CommitVersion > before);

        // The poller meets the own commit, too, before the other's.
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => time.WaitingTimers > 0 && database.Hub.CommitVersion >= before + 2);
        before = database.Hub.CommitVersion;
        using var connection = database.Connect();
        connection.Execute("UPDATE users SET last_activity = '2026-02-01 00:00:00.000000'");
        Assert.Equal(before, database.Hub.CommitVersion);
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => database.Hub.CommitVersion > before);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var cancellation = new CancellationTokenSource();
        var waiting = database.Hub.WaitForChangeAsync(database.Hub.ChangeVersion, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static Task PollUntilAsync(FakeTime time, Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        time.Advance(TimeSpan.FromSeconds(1));
        return condition();
    });
}
