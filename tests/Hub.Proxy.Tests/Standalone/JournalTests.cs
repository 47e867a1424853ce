using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using JupyterHub.Core.Hosting;
using JupyterHub.Proxy.Standalone;
using JupyterHub.Proxy.Standalone.Journal;
using JupyterHub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Proxy.Tests.Standalone;

public sealed class JournalTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TestFolder folder = new();

    private string Journal => folder.Combine("routes.journal");

    [Fact]
    public async Task Routes_outlive_an_end_in_order_with_their_activity()
    {
        var time = new FakeTime();
        string before;
        await using (var host = await StartAsync(time: time))
        {
            await host.RouteAsync("/user/ada", new Uri("http://127.0.0.1:1"));
            time.Advance(TimeSpan.FromMinutes(1));
            await host.PostAsync("/user/b%C3%B6b", """{"7":1,"target":"http://127.0.0.1:2","last_activity":0,"user":"bob"}""");
            await host.RouteAsync("/gone", new Uri("http://127.0.0.1:3"));
            await host.DeleteAsync("/gone");
            before = await host.ListAsync();
        }

        time.Advance(TimeSpan.FromHours(5));
        await using var again = await StartAsync(time: time);

        Assert.Equal(before, await again.ListAsync());
        Assert.Contains("2026-01-01T12:00:00.000Z", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_sudden_end_every_route_counts_as_used_now()
    {
        var time = new FakeTime();
        await using var host = await StartAsync(time: time);
        await host.RouteAsync("/user/ada", new Uri("http://127.0.0.1:1"));
        var copy = CopyAsKilled();
        time.Advance(TimeSpan.FromHours(5));

        await using var again = await StartAsync(settings => settings with { JournalFile = copy }, time);

        Assert.Equal("""{"/user/ada":{"target":"http://127.0.0.1:1","last_activity":"2026-01-01T17:00:00.000Z"}}""", await again.ListAsync());
    }

    [Fact]
    public async Task A_file_cut_off_anywhere_gives_the_routes_before_the_cut()
    {
        await using var host = await StartAsync();
        var ends = new List<long> { new FileInfo(Journal).Length };
        for (var number = 1; number <= 5; number++)
        {
            await host.RouteAsync($"/user/{number}", new Uri($"http://127.0.0.1:{number}"));
            ends.Add(new FileInfo(Journal).Length);
        }

        var whole = await File.ReadAllBytesAsync(CopyAsKilled());
        Assert.Equal(whole.Length, ends[^1]);
        for (var length = 0; length <= whole.Length; length++)
        {
            var copy = folder.Combine($"cut-{length}");
            await File.WriteAllBytesAsync(copy, whole[..length]);
            var routes = await ReplayAsync(copy);

            Assert.Equal(Math.Max(0, ends.FindLastIndex(end => end <= length)), routes);
        }
    }

    [Fact]
    public async Task A_byte_that_turned_gives_the_routes_before_it()
    {
        await using var host = await StartAsync();
        var start = new FileInfo(Journal).Length;
        await host.RouteAsync("/user/1", new Uri("http://127.0.0.1:1"));
        var first = new FileInfo(Journal).Length;
        await host.RouteAsync("/user/2", new Uri("http://127.0.0.1:2"));
        var whole = await File.ReadAllBytesAsync(CopyAsKilled());
        for (var at = start; at < whole.Length; at++)
        {
            var copy = folder.Combine($"turned-{at}");
            var bytes = whole.ToArray();
            bytes[at] ^= 0x20;
            await File.WriteAllBytesAsync(copy, bytes);

            Assert.Equal(at < first ? 0 : 1, await ReplayAsync(copy));
        }
    }

    [Fact]
    public async Task A_route_that_is_posted_as_it_is_counts_as_used_and_is_not_written_again()
    {
        var time = new FakeTime();
        await using var host = await StartAsync(time: time);
        await host.PostAsync("/user/ada", """{"target":"http://127.0.0.1:1","user":"ada"}""");
        var length = new FileInfo(Journal).Length;
        time.Advance(TimeSpan.FromMinutes(1));
        await host.PostAsync("/user/ada/", """{ "target": "http://127.0.0.1:1", "user": "ada" }""");

        Assert.Equal("""{"/user/ada":{"target":"http://127.0.0.1:1","user":"ada","last_activity":"2026-01-01T12:01:00.000Z"}}""", await host.ListAsync());
        Assert.Equal(length, new FileInfo(Journal).Length);

        await host.PostAsync("/user/ada", """{"target":"http://127.0.0.1:1","user":"bob"}""");
        Assert.Equal(2, await ReplayAsync(CopyAsKilled()));
    }

    [Fact]
    public async Task A_default_target_that_a_client_posts_as_well_is_remembered_as_the_clients()
    {
        await using (var host = await StartAsync(settings => settings with { DefaultTarget = "http://127.0.0.1:1" }))
        {
            await host.RouteAsync("/", new Uri("http://127.0.0.1:1"));
        }

        Assert.Equal(1, await ReplayAsync(Journal));
    }

    [Fact]
    public async Task A_journal_does_not_grow_for_ever()
    {
        var time = new FakeTime();
        await using var host = await StartAsync(time: time);
        for (var round = 0; round < 150; round++)
        {
            await host.PostAsync("/user/ada", $$"""{"target":"http://127.0.0.1:1","round":{{round}},"note":"{{new string('x', 10_000)}}"}""");
        }

        Assert.True(new FileInfo(Journal).Length > 1024 * 1024);
        await Eventually.TrueAsync("the journal to be rewritten", () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return new FileInfo(Journal).Length < 20_000;
        });
        await host.RouteAsync("/user/bob", new Uri("http://127.0.0.1:2"));
        var copy = CopyAsKilled();
        await using var again = await StartAsync(settings => settings with { JournalFile = copy });

        Assert.Equal(2, Regex.Count(await again.ListAsync(), "target"));
    }

    [Fact]
    public async Task A_journal_without_anything_superfluous_is_not_rewritten_whatever_its_size()
    {
        await using var host = await StartAsync(time: new FakeTime());
        var note = new string('x', 10_000);
        async Task PostAllAsync(int round)
        {
            for (var number = 0; number < 120; number++)
            {
                await host.PostAsync($"/user/{number}", $$"""{"target":"http://127.0.0.1:1","round":{{round}},"note":"{{note}}"}""");
            }
        }

        await PostAllAsync(1);
        var length = new FileInfo(Journal).Length;
        Assert.True(length > 1024 * 1024);
        Assert.False(host.Proxy.Journal!.IsRewriteDue);
        await PostAllAsync(2);
        await PostAllAsync(3);
        Assert.True(new FileInfo(Journal).Length > 2 * length);
        Assert.True(host.Proxy.Journal!.IsRewriteDue);
    }

    [Fact]
    public async Task Changes_during_a_rewrite_are_kept()
    {
        await using var host = await StartAsync();
        var journal = host.Proxy.Journal!;
        var changes = Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            await host.RouteAsync($"/user/{number % 300}", new Uri($"http://127.0.0.1:{1 + number}"));
            if (number % 5 == 0)
            {
                await host.DeleteAsync($"/user/{(number + 150) % 300}");
            }
        });
        do
        {
            await journal.RewriteAsync(host.Proxy.Routes, isEnd: false, CancellationToken.None);
        }
        while (!changes.IsCompleted);

        await changes;
        var copy = CopyAsKilled();
        await using var again = await StartAsync(settings => settings with { JournalFile = copy });

        Assert.Equal(Targets(await host.ListAsync()), Targets(await again.ListAsync()));
    }

    [Fact]
    public async Task A_second_proxy_is_refused()
    {
        await using var host = await StartAsync();

        var problem = await Assert.ThrowsAsync<HubStartupException>(() => StartAsync());

        Assert.Contains("in use by another proxy", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HUBROUTE\x02\0\0\0", "version 2")]
    [InlineData("#!/bin/sh\necho", "no journal")]
    public async Task Other_files_are_refused_and_left_alone(string content, string reason)
    {
        await File.WriteAllTextAsync(Journal, content);

        var problem = await Assert.ThrowsAsync<HubStartupException>(() => StartAsync());

        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(Journal));
    }

    [Fact]
    public async Task The_files_are_their_owners_only()
    {
        await using var host = await StartAsync();
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.All(Directory.GetFiles(folder.Path), static file =>
        {
#pragma warning disable CA1416 // Left before, where there is no such thing.
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
#pragma warning restore CA1416
        });
    }

    [Fact]
    public async Task A_changed_default_target_wins_over_what_was_remembered()
    {
        await using (var host = await StartAsync(settings => settings with { DefaultTarget = "http://127.0.0.1:1" }))
        {
            await host.RouteAsync("/", new Uri("http://127.0.0.1:2"));
        }

        await using (var same = await StartAsync(settings => settings with { DefaultTarget = "http://127.0.0.1:1" }))
        {
            Assert.Equal(["http://127.0.0.1:2"], Targets(await same.ListAsync()));
        }

        await using (var without = await StartAsync())
        {
            Assert.Equal(["http://127.0.0.1:2"], Targets(await without.ListAsync()));
        }

        await using var changed = await StartAsync(settings => settings with { DefaultTarget = "http://127.0.0.1:3" });
        Assert.Equal(["http://127.0.0.1:3"], Targets(await changed.ListAsync()));
    }

    [Fact]
    public async Task After_a_start_of_the_machine_nothing_on_it_is_believed_to_be_there()
    {
        await using (var host = await StartAsync())
        {
            await host.RouteAsync("/user/local", new Uri("http://127.0.0.1:1"));
            await host.RouteAsync("/user/remote", new Uri("http://192.0.2.1:1"));
        }

        var boot = JournalCircumstances.Now(null).Boot;
        var bytes = await File.ReadAllBytesAsync(Journal);
        await File.WriteAllBytesAsync(Journal, JournalBytes.WithOtherBoot(bytes, boot));
        await using var again = await StartAsync();

        Assert.Equal(["http://192.0.2.1:1"], Targets(await again.ListAsync()));
    }

    [Fact]
    public async Task Without_a_place_for_it_an_optional_journal_is_done_without_and_a_wanted_one_is_an_error()
    {
        var missing = folder.Combine("missing", "routes.journal");

        await using (var host = await StartAsync(settings => settings with { JournalFile = missing, IsJournalOptional = true }))
        {
            await host.RouteAsync("/user/ada", new Uri("http://127.0.0.1:1"));
            Assert.Contains(host.Log.Lines, line => line.Contains("not remembered", StringComparison.Ordinal));
        }

        await Assert.ThrowsAsync<HubStartupException>(() => StartAsync(settings => settings with { JournalFile = missing }));
    }

    [Fact]
    public async Task An_optional_journal_that_cannot_be_written_at_the_start_keeps_nobody_from_starting()
    {
        var time = new FakeTime();
        await using (var host = await StartAsync(time: time))
        {
            await host.RouteAsync("/user/ada", new Uri("http://127.0.0.1:1"));
        }

        // As a full disk does: what is there can be read, and nothing new be written.
        Directory.CreateDirectory(folder.Combine("routes.journal.new", "inside"));
        await Assert.ThrowsAsync<IOException>(() => StartAsync(time: time));
        await using var again = await StartAsync(settings => settings with { IsJournalOptional = true }, time);
        Assert.Equal(["http://127.0.0.1:1"], Targets(await again.ListAsync()));
        Assert.True(again.Proxy.Journal!.IsBroken);
        await again.RouteAsync("/user/bob", new Uri("http://127.0.0.1:2"));

        Directory.Delete(folder.Combine("routes.journal.new"), recursive: true);
        await Eventually.TrueAsync("the journal to be written", () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return !again.Proxy.Journal!.IsBroken;
        });
        Assert.Equal(2, await ReplayAsync(CopyAsKilled()));
    }

    [UnsupportedOSPlatform("windows")]
    [Theory]
    [InlineData(UnixFileMode.OtherWrite, UnixFileMode.None, "everybody may write to the folder")]
    [InlineData(UnixFileMode.GroupWrite, UnixFileMode.None, "its group may write to the folder")]
    [InlineData(UnixFileMode.None, UnixFileMode.OtherWrite, "others than its owner may write to")]
    [InlineData(UnixFileMode.None, UnixFileMode.GroupWrite, "others than its owner may write to")]
    public async Task A_journal_that_others_may_have_written_is_not_believed(UnixFileMode ofFolder, UnixFileMode ofFile, string reason)
    {
        var theirs = Directory.CreateDirectory(folder.Combine("theirs"), Private).FullName;
        var file = Path.Combine(theirs, "routes.journal");
        await using (var host = await StartAsync(settings => settings with { JournalFile = file }))
        {
            await host.RouteAsync("/user/ada", new Uri("http://127.0.0.1:1"));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        File.SetUnixFileMode(theirs, File.GetUnixFileMode(theirs) | ofFolder);
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | ofFile);

        var problem = await Assert.ThrowsAsync<HubStartupException>(() => StartAsync(settings => settings with { JournalFile = file }));
        Assert.StartsWith($"--journal: {reason}", problem.Message, StringComparison.Ordinal);
        Assert.Contains("chmod go-w", problem.Message, StringComparison.Ordinal);
        await using var without = await StartAsync(settings => settings with { JournalFile = file, IsJournalOptional = true });
        Assert.Equal("{}", await without.ListAsync());
        Assert.Contains(without.Log.Lines, line => line.Contains("--journal", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
    }

    [UnsupportedOSPlatform("windows")]
    [Fact]
    public async Task In_a_folder_like_tmp_a_file_of_one_s_own_is_believed()
    {
        var shared = Directory.CreateDirectory(folder.Combine("shared")).FullName;
        File.SetUnixFileMode(shared, Private | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite | UnixFileMode.StickyBit);
        var file = Path.Combine(shared, "routes.journal");
        await using (var host = await StartAsync(settings => settings with { JournalFile = file }))
        {
            await host.RouteAsync("/user/ada", new Uri("http://127.0.0.1:1"));
        }

        await using var again = await StartAsync(settings => settings with { JournalFile = file });
        Assert.Equal(["http://127.0.0.1:1"], Targets(await again.ListAsync()));
    }

    [UnsupportedOSPlatform("windows")]
    [Theory]
    [InlineData("routes.journal")]
    [InlineData("routes.journal.lock")]
    public async Task A_journal_that_is_a_link_is_not_believed(string name)
    {
        var theirs = Directory.CreateDirectory(folder.Combine("theirs"), Private).FullName;
        await File.WriteAllTextAsync(folder.Combine("elsewhere"), "");
        File.CreateSymbolicLink(Path.Combine(theirs, name), folder.Combine("elsewhere"));

        var problem = await Assert.ThrowsAsync<HubStartupException>(() => StartAsync(settings => settings with { JournalFile = Path.Combine(theirs, "routes.journal") }));

        Assert.Contains($"{name} is a symbolic link", problem.Message, StringComparison.Ordinal);
    }

    [UnsupportedOSPlatform("windows")]
    [Theory]
    [InlineData("theirs", "the folder")]
    [InlineData("theirs/routes.journal", "belongs to another user")]
    [InlineData("theirs/routes.journal.lock", "belongs to another user")]
    public async Task A_journal_of_another_user_is_not_believed(string changed, string reason)
    {
        // Only root can give a file away, and only root could read one that others keep for themselves.
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        var file = Path.Combine(Directory.CreateDirectory(folder.Combine("theirs"), Private).FullName, "routes.journal");
        await using (var host = await StartAsync(settings => settings with { JournalFile = file }))
        {
            await host.RouteAsync("/user/ada", new Uri("http://127.0.0.1:1"));
        }

        using (var chown = Process.Start("chown", ["65534", folder.Combine(changed)]))
        {
            await Eventually.Within(chown.WaitForExitAsync());
        }

        var problem = await Assert.ThrowsAsync<HubStartupException>(() => StartAsync(settings => settings with { JournalFile = file }));

        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.Contains("another user", problem.Message, StringComparison.Ordinal);
    }

    [UnsupportedOSPlatform("windows")]
    [Theory]
    [InlineData("a link")]
    [InlineData("a file that others may write to")]
    public async Task A_journal_that_was_exchanged_after_it_was_looked_at_is_not_believed(string by)
    {
        await using var host = await StartAsync();
        await host.RouteAsync("/user/ada", new Uri("http://127.0.0.1:1"));
        var theirs = CopyAsKilled();
        var exchanged = folder.Combine("exchanged");
        if (by == "a link")
        {
            File.CreateSymbolicLink(exchanged, theirs);
        }
        else
        {
            File.Move(theirs, exchanged);
            File.SetUnixFileMode(exchanged, File.GetUnixFileMode(exchanged) | UnixFileMode.GroupWrite);
        }

        await host.DeleteAsync("/user/ada");
        var replay = new JournalReplay(host.Proxy.Routes, hostRouting: false, JournalCircumstances.Now(null), NullLogger<JournalReplay>.Instance);
        var problem = await Assert.ThrowsAsync<HubStartupException>(() => replay.ReadAsync(exchanged));

        Assert.StartsWith("--journal: ", problem.Message, StringComparison.Ordinal);
        Assert.Equal("{}", await host.ListAsync());
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_anew_goes_on_as_it_is_and_says_so_once()
    {
        var time = new FakeTime();
        await using var host = await StartAsync(time: time);
        var journal = host.Proxy.Journal!;
        await host.RouteAsync("/user/ada", new Uri("http://127.0.0.1:1"));

        // A folder in the place of the new file: it can be neither removed nor written.
        Directory.CreateDirectory(folder.Combine("routes.journal.new", "inside"));
        await journal.RewriteAsync(host.Proxy.Routes, isEnd: false, CancellationToken.None);
        await journal.RewriteAsync(host.Proxy.Routes, isEnd: false, CancellationToken.None);
        Assert.False(journal.IsBroken);
        await host.RouteAsync("/user/bob", new Uri("http://127.0.0.1:2"));
        Assert.Equal(2, await ReplayAsync(CopyAsKilled()));
        var told = Assert.Single(host.Log.Lines, line => line.Contains(Journal, StringComparison.Ordinal) && line.Contains("it is tried again by itself", StringComparison.Ordinal));
        Assert.Contains("Nothing is lost", told, StringComparison.Ordinal);

        Directory.Delete(folder.Combine("routes.journal.new"), recursive: true);
        await journal.RewriteAsync(host.Proxy.Routes, isEnd: false, CancellationToken.None);
        Assert.Equal(2, await ReplayAsync(CopyAsKilled()));
        Assert.Single(host.Log.Lines, line => line.Contains("is whole again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_journal_that_has_grown_is_written_anew_when_that_works_again()
    {
        var time = new FakeTime();
        await using var host = await StartAsync(time: time);
        Directory.CreateDirectory(folder.Combine("routes.journal.new", "inside"));
        var note = new string('x', 10_000);
        for (var round = 0; round < 150; round++)
        {
            await host.PostAsync("/user/ada", $$"""{"target":"http://127.0.0.1:1","note":"{{round}}{{note}}"}""");
        }

        await Eventually.TrueAsync("a failure", () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return host.Log.Lines.Any(line => line.Contains("could not be written anew", StringComparison.Ordinal));
        });
        Assert.True(new FileInfo(Journal).Length > 1024 * 1024);
        Directory.Delete(folder.Combine("routes.journal.new"), recursive: true);
        await Eventually.TrueAsync("the journal to be rewritten", () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return new FileInfo(Journal).Length < 20_000;
        });
        Assert.Equal(1, await ReplayAsync(CopyAsKilled()));
    }

    [Fact]
    public async Task Changes_while_the_new_file_cannot_take_the_old_one_s_name_are_kept_in_the_old_one()
    {
        await using var host = await StartAsync();
        var journal = host.Proxy.Journal!;

        // The old file goes on under a second name, and what has its first one cannot be replaced.
        var old = folder.Combine("second-name");
        using (var link = Process.Start("ln", [Journal, old]))
        {
            await Eventually.Within(link.WaitForExitAsync());
        }

        File.Delete(Journal);
        Directory.CreateDirectory(Path.Combine(Journal, "inside"));
        var changes = Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            await host.RouteAsync($"/user/{number % 100}", new Uri($"http://127.0.0.1:{1 + number}"));
            if (number % 5 == 0)
            {
                await host.DeleteAsync($"/user/{(number + 50) % 100}");
            }
        });
        do
        {
            await journal.RewriteAsync(host.Proxy.Routes, isEnd: false, CancellationToken.None);
        }
        while (!changes.IsCompleted);

        await changes;
        Assert.False(journal.IsBroken);
        Assert.False(File.Exists(folder.Combine("routes.journal.new")));
        var copy = folder.Combine("copy");
        File.Copy(old, copy);
        await using var again = await StartAsync(settings => settings with { JournalFile = copy });
        Assert.Equal(Targets(await host.ListAsync()), Targets(await again.ListAsync()));
    }

    public void Dispose() => folder.Dispose();

    private Task<StandaloneHost> StartAsync(Func<ProxySettings, ProxySettings>? configure = null, TimeProvider? time = null)
    {
        var settings = StandaloneHost.Settings with { JournalFile = Journal };
        return StandaloneHost.StartAsync(configure?.Invoke(settings) ?? settings, time);
    }

    // What a process that is killed leaves: every byte that was written, and no end.
    private string CopyAsKilled()
    {
        var copy = folder.Combine($"killed-{Guid.NewGuid():N}");
        File.Copy(Journal, copy);
        return copy;
    }

    private static async Task<int> ReplayAsync(string file)
    {
        var count = 0;
        await using var stream = File.OpenRead(file);
        var reader = new JournalReader(stream, file);
        while ((reader.WholeLength > 0 || reader.TryReadHeader()) && reader.Next() is { } record)
        {
            count += (JournalOperation)record.Span[0] == JournalOperation.Set ? 1 : 0;
        }

        return count;
    }

    private static string[] Targets(string list) => [.. Regex.Matches(list, "\"target\":\"([^\"]*)\"").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
}
