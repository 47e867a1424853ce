using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Authentication;

[UnsupportedOSPlatform("windows")]
public sealed class CookieSecretTests : IDisposable
{
    private const string FileName = "jupyterhub_cookie_secret";
    private readonly TestFolder folder = new();

    private string SecretFile => folder.Combine(FileName);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Is_made_once_for_the_owner_alone()
    {
        var first = Load();
        var second = Load();

        Assert.Equal(first.Key, second.Key);
        Assert.Matches(new Regex(@"\A[0-9a-f]{64}\n\z"), File.ReadAllText(SecretFile));
        Assert.Equal(Convert.ToHexStringLower(first.Key), File.ReadAllText(SecretFile).Trim());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SecretFile));
        Assert.Equal([SecretFile], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Processes_that_start_at_once_agree()
    {
        for (var round = 0; round < 50; round++)
        {
            using var start = new Barrier(8);
            var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    Assert.True(start.SignalAndWait(Eventually.Deadline));
                    return Convert.ToHexString(Load().Key);
                },
                TaskCreationOptions.LongRunning)));

            Assert.Equal([Convert.ToHexString(Load().Key)], secrets.Distinct());
            Assert.Equal([SecretFile], Directory.GetFiles(folder.Path));
            File.Delete(SecretFile);
        }
    }

    [Fact]
    public void The_setting_goes_before_the_file()
    {
        var secret = Load(new JupyterHubOptions { CookieSecret = new HubSecret(new string('a', 64)) });

        Assert.Equal(Enumerable.Repeat((byte)0xaa, 32), secret.Key.ToArray());
        Assert.False(File.Exists(SecretFile));
    }

    [Fact]
    public void The_environment_goes_before_the_file_and_after_the_setting()
    {
        var given = new string('b', 64);
        Assert.Equal(Enumerable.Repeat((byte)0xbb, 32), Load(variable: given).Key.ToArray());
        Assert.Equal(Enumerable.Repeat((byte)0xaa, 32), Load(new JupyterHubOptions { CookieSecret = new HubSecret(new string('a', 64)) }, given).Key.ToArray());
        Assert.False(File.Exists(SecretFile));

        // Set to nothing is not set.
        Assert.Equal(Load(variable: "").Key.ToArray(), Load().Key.ToArray());
        Assert.True(File.Exists(SecretFile));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg")]
    public void A_bad_variable_is_named_and_the_file_not_taken_instead(string value)
    {
        _ = Load();

        AssertOneLine("JPY_COOKIE_SECRET", () => Load(variable: value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zz")]
    public void A_bad_setting_is_named(string value) => AssertOneLine("CookieSecret ", () => Load(new JupyterHubOptions { CookieSecret = new HubSecret(value) }));

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef00\n")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg\n")]
    [InlineData("ÿþ\0\0")]
    public void A_corrupt_file_is_named_and_left_alone(string content)
    {
        Write(content, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        AssertOneLine(SecretFile, () => Load());
        Assert.Equal(content, File.ReadAllText(SecretFile));
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_file_that_others_may_read_or_write_is_refused(UnixFileMode open)
    {
        Write(new string('a', 64), UnixFileMode.UserRead | UnixFileMode.UserWrite | open);

        AssertOneLine("chmod 600", () => Load());
    }

    [Fact]
    public void A_folder_in_its_place_is_named()
    {
        Directory.CreateDirectory(SecretFile);

        AssertOneLine(SecretFile, () => Load());
    }

    [Fact]
    public void A_file_of_ten_megabytes_is_not_read_whole()
    {
        Write(new string('a', 10_000_000), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        AssertOneLine(SecretFile, () => Load());
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData(FileName)]
    public void A_link_that_leads_nowhere_is_named_and_left_alone(string target)
    {
        File.CreateSymbolicLink(SecretFile, folder.Combine(target));

        AssertOneLine(SecretFile, () => Load());
        Assert.Equal(folder.Combine(target), new FileInfo(SecretFile).LinkTarget);
        Assert.False(File.Exists(folder.Combine("nowhere")));
    }

    [Fact]
    public async Task A_file_that_is_gone_again_at_once_gives_no_empty_key()
    {
        using var done = new CancellationTokenSource();
        var other = Task.Factory.StartNew(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    File.WriteAllText(folder.Combine("theirs"), new string('a', 64));
                    File.SetUnixFileMode(folder.Combine("theirs"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
                    File.Move(folder.Combine("theirs"), SecretFile, overwrite: true);
                    File.Delete(SecretFile);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            for (var round = 0; round < 2000; round++)
            {
                try
                {
                    Assert.Equal(32, CookieSecretFile.Create(SecretFile, new byte[32])?.Length);
                }
                catch (IOException)
                {
                    // Told to whoever starts the hub.
                }
            }
        }
        finally
        {
            await done.CancelAsync();
            await other;
        }
    }

    [Fact]
    public void Has_32_bytes_whoever_makes_it()
    {
        Assert.Throws<ArgumentNullException>(() => new CookieSecret(null!));
        Assert.ThrowsAny<ArgumentException>(() => new CookieSecret([]));
        Assert.ThrowsAny<ArgumentException>(() => new CookieSecret(new byte[31]));
    }

    [Fact]
    public void Never_prints_itself() =>
        Assert.DoesNotContain("aa", new CookieSecret([.. Enumerable.Repeat((byte)0xaa, 32)]).ToString(), StringComparison.OrdinalIgnoreCase);

    private static void AssertOneLine(string part, Action load)
    {
        var message = Assert.Throws<HubStartupException>(load).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private CookieSecret Load(JupyterHubOptions? options = null, string? variable = null) =>
        CookieSecret.Load(options ?? new JupyterHubOptions(), folder.Path, name => name == "JPY_COOKIE_SECRET" ? variable : null);

    private void Write(string content, UnixFileMode mode)
    {
        File.WriteAllText(SecretFile, content);
        File.SetUnixFileMode(SecretFile, mode);
    }
}
