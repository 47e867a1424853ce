using System.Diagnostics;
using System.Runtime.Versioning;
using JupyterHub.Core.Processes;
using JupyterHub.Proxy.ChpClient;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class TrustedFileTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TestFolder folder = new();

    private string Name => folder.Combine("name");

    private string Other => folder.Combine("other");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("another file")]
    [InlineData("a link")]
    [InlineData("nothing")]
    public void What_is_open_has_to_be_what_the_name_stands_for(string instead)
    {
        using var file = Make(Name);
        Assert.True(TrustedFile.IsAt(Name, file, FileTrust.Doubt));

        File.Move(Name, Other);
        if (instead == "a link")
        {
            File.CreateSymbolicLink(Name, Other);
        }
        else if (instead == "another file")
        {
            Make(Name).Dispose();
        }

        Assert.False(TrustedFile.IsAt(Name, file, FileTrust.Doubt));
        Assert.False(file.CanRead);
    }

    [Fact]
    public void What_is_open_is_looked_at_once_more()
    {
        using var file = Make(Name);
        File.SetUnixFileMode(Name, Owner | UnixFileMode.GroupWrite);

        var problem = Assert.Throws<UntrustedFileException>(() => TrustedFile.IsAt(Name, file, FileTrust.Doubt));

        Assert.StartsWith($"others than its owner may write to {Name}", problem.Message, StringComparison.Ordinal);
        Assert.False(file.CanRead);
    }

    [Fact]
    public async Task What_is_open_may_be_no_other_user_s()
    {
        // Only root can give a file away.
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        using var file = Make(Name);
        using (var chown = Process.Start("chown", ["65534", Name]))
        {
            await Eventually.Within(chown.WaitForExitAsync());
        }

        var problem = Assert.Throws<UntrustedFileException>(() => TrustedFile.IsAt(Name, file, FileTrust.Doubt));
        Assert.Contains("belongs to another user", problem.Message, StringComparison.Ordinal);
        Assert.Throws<UntrustedFileException>(() => TrustedFile.OpenToReplace(Name, FileShare.None, Owner));
    }

    [Fact]
    public async Task While_a_name_is_exchanged_nothing_is_read_from_where_a_link_leads()
    {
        var ours = ProcessIdentity.Of(Environment.ProcessId)!;
        new ChpRecord(ours, "ours", null).Save(Name);
        new ChpRecord(ours, "theirs", null).Save(Other);
        File.Copy(Name, folder.Combine("copy"));
        var read = new HashSet<string>();

        await WhileAsync(
            () =>
            {
                File.CreateSymbolicLink(folder.Combine("next"), Other);
                File.Move(folder.Combine("next"), Name, overwrite: true);
                File.Copy(folder.Combine("copy"), folder.Combine("next"));
                File.Move(folder.Combine("next"), Name, overwrite: true);
            },
            () => read.Add(ChpRecord.Read(Name)?.Fingerprint ?? "ours"));

        Assert.Equal(["ours"], read);
        Assert.Equal("ours", ChpRecord.Read(Name)?.Fingerprint);
    }

    [Fact]
    public async Task While_a_file_of_one_s_own_is_replaced_it_is_read_all_the_same()
    {
        var ours = new ChpRecord(ProcessIdentity.Of(Environment.ProcessId)!, "ours", null);
        ours.Save(Name);

        await WhileAsync(() => ours.Save(Name), () => Assert.Equal(ours, ChpRecord.Read(Name)));
    }

    [Fact]
    public async Task While_a_name_is_exchanged_nothing_is_made_where_a_link_leads()
    {
        await WhileAsync(
            () =>
            {
                File.CreateSymbolicLink(folder.Combine("next"), Other);
                File.Move(folder.Combine("next"), Name, overwrite: true);
                File.Delete(Name);
            },
            () =>
            {
                try
                {
                    TrustedFile.OpenToReplace(Name, FileShare.ReadWrite | FileShare.Delete, Owner).Dispose();
                }
                catch (IOException)
                {
                    // The link was there.
                }
            });

        Assert.False(File.Exists(Other));
    }

    [Fact]
    public void A_file_of_one_s_own_that_others_may_write_to_is_tightened_when_its_content_is_not_used()
    {
        Make(Name).Dispose();
        File.SetUnixFileMode(Name, Owner | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);

        Assert.Throws<UntrustedFileException>(() => TrustedFile.OpenRead(Name));
        TrustedFile.OpenToReplace(Name, FileShare.None, Owner).Dispose();

        Assert.Equal(Owner, File.GetUnixFileMode(Name));
    }

    [Fact]
    public async Task A_file_of_one_s_own_that_others_may_have_lent_its_name_is_not_tightened()
    {
        Make(Other).Dispose();
        File.SetUnixFileMode(Other, Owner | UnixFileMode.GroupWrite);
        using (var link = Process.Start("ln", [Other, Name]))
        {
            await Eventually.Within(link.WaitForExitAsync());
        }

        Assert.Throws<UntrustedFileException>(() => TrustedFile.OpenToReplace(Name, FileShare.None, Owner));
        Assert.Equal(Owner | UnixFileMode.GroupWrite, File.GetUnixFileMode(Other));
    }

    private static FileStream Make(string path) => TrustedFile.Create(path, FileShare.ReadWrite | FileShare.Delete, Owner);

    /// <summary>Does something many times, while something else goes on.</summary>
    private static async Task WhileAsync(Action meanwhile, Action action)
    {
        using var done = new CancellationTokenSource();
        var other = Task.Factory.StartNew(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    meanwhile();
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            for (var round = 0; round < 2000; round++)
            {
                action();
            }
        }
        finally
        {
            await done.CancelAsync();
            await other;
        }
    }
}
