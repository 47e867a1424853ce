using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.IntegrationTests.Journeys;

/// <summary>What somebody gets who starts the sample for the first time, without any configuration of people.</summary>
public sealed partial class FirstRunTests
{
    [Fact]
    public async Task Passwords_are_made_up_shown_once_and_kept_as_hashes()
    {
        await using var hub = await HubProcess.StartNewAsync(hub => hub.Settings.Remove("Authenticator"));
        var admin = AdminLine().Match(hub.Output).Groups["password"].Value;
        var user = UserLine().Match(hub.Output).Groups["password"].Value;
        Assert.True(admin.Length >= 16 && user.Length >= 8 && admin != user, hub.Output);
        Assert.Contains(hub.DataFolder, hub.Output, StringComparison.Ordinal);

        await AssertSignsInAsync(hub, "admin", admin);
        await AssertSignsInAsync(hub, "ada", user);
        using (var impostor = new HubVisitor(hub, "admin"))
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await impostor.SignInAsync(user)).Status);
        }

        AssertNowhereIn(hub.DataFolder, admin, user);
        Assert.Equal(0, await hub.StopAsync());
        await hub.StartAsync();
        Assert.DoesNotContain(admin, hub.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(user, hub.Output, StringComparison.Ordinal);
        await AssertSignsInAsync(hub, "admin", admin);
    }

    [Fact]
    public async Task The_cookie_secret_is_for_its_owner_alone()
    {
        await using var hub = await HubProcess.StartNewAsync();

        var secret = Path.Combine(hub.DataFolder, "jupyterhub_cookie_secret");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(secret));
        Assert.Matches("^[0-9a-f]{64}\\s*$", await File.ReadAllTextAsync(secret));
    }

    [Fact]
    public async Task All_state_is_in_the_data_folder_which_is_for_its_owner_alone()
    {
        await using var hub = await HubProcess.StartNewAsync();
        using var visitor = new HubVisitor(hub, "ada");
        await visitor.MustSignInAsync();

        Assert.Empty(Directory.EnumerateFileSystemEntries(hub.Home).Where(entry => Path.GetFileName(entry) != ".dotnet"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(hub.DataFolder));
        Assert.All(
            Directory.EnumerateFiles(hub.DataFolder, "*", SearchOption.AllDirectories),
            file => Assert.Equal((UnixFileMode)0, File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)));
    }

    private static async Task AssertSignsInAsync(HubProcess hub, string name, string password)
    {
        using var visitor = new HubVisitor(hub, name);
        var page = await visitor.SignInAsync(password);
        Assert.True(page.Status == HttpStatusCode.Found, page.Body);
        Assert.Equal(name, (await visitor.ModelAsync())["name"]!.GetValue<string>());
    }

    private static void AssertNowhereIn(string folder, params string[] secrets)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            foreach (var secret in secrets)
            {
                Assert.True(memory.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{file} holds a password.");
            }
        }
    }

    [GeneratedRegex(@"Sign in as admin with the password (?<password>\S+)")]
    private static partial Regex AdminLine();

    [GeneratedRegex(@"Sign in under any other name with the password (?<password>\S+)")]
    private static partial Regex UserLine();
}
