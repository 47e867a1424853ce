using JupyterHub.Testing;

namespace JupyterHub.Cli.Tests.Passwords;

/// <summary><c>hub password</c> beside a hub that runs.</summary>
public sealed class PasswordCommandTests : IDisposable
{
    private const string AdminPassword = "correct horse battery staple, and more";
    private const string UserPassword = "fünf Ζεν 五";

    private readonly TestFolder folder = new();

    [Theory]
    [InlineData("admin", AdminPassword, "\n")]
    [InlineData("admin", AdminPassword, "")]
    [InlineData("user", UserPassword, "\r\nsecond line\n")]
    [InlineData("user", " 8 chars", "\n")]
    public async Task A_piped_password_counts_at_once(string kind, string password, string rest)
    {
        await using var hub = await RunningHub.StartAsync(folder.Path);
        await hub.Passwords.SetAsync(kind, "the password of before, long enough for both", CancellationToken.None);

        var result = await PipeAsync(password + rest, "password", kind, "--data-directory", folder.Path);

        Assert.Equal((0, "", $"The {kind} password of the hub in {folder.Path} is set.\n"), (result.ExitCode, result.Output, result.Error));
        Assert.True(await hub.AcceptsAsync(kind, password));
        Assert.False(await hub.AcceptsAsync(kind, "the password of before, long enough for both"));
    }

    [Fact]
    public async Task Without_a_kind_it_is_the_admin_password()
    {
        await using var hub = await RunningHub.StartAsync(folder.Path);

        await PipeAsync(AdminPassword, "password", "--data-directory", folder.Path);

        Assert.True(await hub.AcceptsAsync("admin", AdminPassword));
        Assert.False(await hub.AcceptsAsync("user", AdminPassword));
    }

    [Theory]
    [InlineData("admin", 32)]
    [InlineData("user", 16)]
    public async Task A_password_that_is_made_up_is_printed_once_alone(string kind, int length)
    {
        await using var hub = await RunningHub.StartAsync(folder.Path);

        var result = await HubTool.RunAsync("password", kind, "--generate", "--data-directory", folder.Path);

        var password = result.Output.TrimEnd('\n');
        Assert.Equal((0, length), (result.ExitCode, password.Length));
        Assert.True(await hub.AcceptsAsync(kind, password));
        Assert.DoesNotContain(password, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin", "only thirty-one characters long", "The admin password must have at least 32 characters, not 31.")]
    [InlineData("user", "seven77", "The user password must have at least 8 characters, not 7.")]
    [InlineData("user", "😀😀😀😀", "The user password must have at least 8 characters, not 4.")]
    [InlineData("user", "tab\tinside it", "The user password must not have control characters: nobody could type it into the sign-in form.")]
    [InlineData("user", "", "Standard input holds no password; nothing is changed.")]
    [InlineData("user", "\nsecond line", "Standard input holds no password; nothing is changed.")]
    public async Task A_password_that_breaks_a_rule_is_refused(string kind, string password, string line)
    {
        await using var hub = await RunningHub.StartAsync(folder.Path);

        var result = await PipeAsync(password, "password", kind, "--data-directory", folder.Path);

        Assert.Equal((1, "", $"hub: {line}\n"), (result.ExitCode, result.Output, result.Error));
        Assert.Null(await hub.Passwords.HashOfAsync(kind, CancellationToken.None));
    }

    [Fact]
    public async Task A_password_of_absurd_length_is_refused()
    {
        await using var hub = await RunningHub.StartAsync(folder.Path);

        var result = await PipeAsync(new string('x', 1_000_000), "password", "user", "--data-directory", folder.Path);

        Assert.Equal((1, "hub: The user password must have at most 1024 characters.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task The_two_passwords_must_differ()
    {
        await using var hub = await RunningHub.StartAsync(folder.Path);
        await hub.Passwords.SetAsync("admin", AdminPassword, CancellationToken.None);

        var result = await PipeAsync(AdminPassword, "password", "user", "--data-directory", folder.Path);

        Assert.Equal((1, "hub: The user password must not be the admin password.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_password_typed_twice_on_a_terminal_is_set_and_never_shown()
    {
        await using var hub = await RunningHub.StartAsync(folder.Path);

        var result = await HubTool.RunOnTerminalAsync(
            ["password", "user", "--data-directory", folder.Path],
            ("New user password: ", "typed in secrex\u007ft"),
            ("The same again: ", "typed in secret"));

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.DoesNotContain("typed", result.Output, StringComparison.Ordinal);
        Assert.True(await hub.AcceptsAsync("user", "typed in secret"));
    }

    [Fact]
    public async Task A_slip_at_the_terminal_changes_nothing()
    {
        await using var hub = await RunningHub.StartAsync(folder.Path);

        var result = await HubTool.RunOnTerminalAsync(
            ["password", "user", "--data-directory", folder.Path],
            ("New user password: ", "typed in secret"),
            ("The same again: ", "typed in secrex"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("The two are not the same; nothing is changed.", result.Output, StringComparison.Ordinal);
        Assert.Null(await hub.Passwords.HashOfAsync("user", CancellationToken.None));
    }

    [Fact]
    public async Task The_configuration_says_where_the_hub_is()
    {
        Directory.CreateDirectory(folder.Combine("etc", "state"));
        var file = folder.Combine("etc", "hub.json");
        await File.WriteAllTextAsync(file, """
            { "JupyterHub": {
                "DataDirectory": "state", "Database": { "ConnectionString": "Data Source=other.sqlite" },
                "CookieSecret": { "File": "/root/unreadable/by/this/tool" },
                "Authenticator": { "Type": "shared-password", "AdminUsers": ["root"] }, "Spawner": { "Type": "of-another-host", "X": 1 } } }
            """);

        var result = await PipeAsync(UserPassword, "password", "user", "--config", file);

        Assert.Equal((0, $"The user password of the hub in {folder.Combine("etc", "state")} is set.\n"), (result.ExitCode, result.Error));
        Assert.True(File.Exists(folder.Combine("etc", "state", "other.sqlite")));
    }

    [Fact]
    public async Task A_password_that_the_configuration_gives_is_changed_there()
    {
        var file = folder.Combine("hub.json");
        await File.WriteAllTextAsync(file, """{ "JupyterHub": { "DataDirectory": ".", "Authenticator": { "UserPassword": { "Environment": "X" } } } }""");

        var user = await PipeAsync(UserPassword, "password", "user", "--config", file);
        var admin = await PipeAsync(AdminPassword, "password", "admin", "--config", file);

        Assert.Equal((1, "hub: The configuration gives JupyterHub:Authenticator:UserPassword, which counts; change it there.\n"), (user.ExitCode, user.Error));
        Assert.Equal(0, admin.ExitCode);
    }

    [Fact]
    public async Task Without_options_it_is_the_hub_in_the_home_folder()
    {
        var home = new Dictionary<string, string?> { ["HOME"] = folder.Path, ["XDG_DATA_HOME"] = null };
        var data = folder.Combine(".local", "share", "jupyterhub");

        var missing = await HubTool.RunAsync(["password", "user"], UserPassword, home);
        Directory.CreateDirectory(data);
        var found = await HubTool.RunAsync(["password", "user"], UserPassword, home);

        Assert.Equal(1, missing.ExitCode);
        Assert.StartsWith($"hub: There is no data folder {data}: ", missing.Error, StringComparison.Ordinal);
        Assert.Equal((0, $"The user password of the hub in {data} is set.\n"), (found.ExitCode, found.Error));
    }

    [Fact]
    public async Task Without_a_home_folder_it_says_what_to_set()
    {
        var result = await HubTool.RunAsync(
            ["password", "user"], UserPassword, new Dictionary<string, string?> { ["HOME"] = "/", ["XDG_DATA_HOME"] = null, ["DOTNET_CLI_HOME"] = folder.Path });

        Assert.Equal(
            (1, "hub: JupyterHub:DataDirectory must be set, because this user has no home folder to keep the hub's data in.\n"),
            (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task The_environment_counts_as_it_does_for_the_hub()
    {
        var result = await HubTool.RunAsync(
            ["password", "user"], UserPassword, new Dictionary<string, string?> { ["JupyterHub__DataDirectory"] = folder.Path });
        Assert.Equal((0, $"The user password of the hub in {folder.Path} is set.\n"), (result.ExitCode, result.Error));

        var slip = await HubTool.RunAsync(
            ["password", "user"], UserPassword, new Dictionary<string, string?> { ["JupyterHub__DataDirctory"] = folder.Path });
        Assert.Equal(
            (1, "hub: JupyterHub:DataDirctory is not a known setting; did you mean DataDirectory? (in the environment).\n"), (slip.ExitCode, slip.Error));
    }

    [Theory]
    [InlineData("""{ "JupyterHub": { "DataDirectory": ".", "Database": { "Provider": "Oracle" } } }""", "JupyterHub:Database:Provider")]
    [InlineData("""{ "JupyterHub": { "DataDirectory": ".", "Database": { "ConnectionString": "Nonsense" } } }""", "JupyterHub:Database:ConnectionString")]
    [InlineData("""{ "JupyterHub": { "DataDirectory": "absent" } }""", "There is no data folder")]
    [InlineData("""{ "JupyterHub": { "DataDirectory": 1 } }""", "JupyterHub:DataDirectory must be a text, but is a number")]
    [InlineData("{", "is not valid JSON")]
    public async Task A_hub_that_cannot_be_opened_is_one_line(string json, string part)
    {
        var file = folder.Combine("hub.json");
        await File.WriteAllTextAsync(file, json);

        var result = await PipeAsync(UserPassword, "password", "user", "--config", file);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(part, result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(character => character == '\n'));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_alone()
    {
        await File.WriteAllTextAsync(folder.Combine("hub.sqlite"), "something else entirely, and long enough to look at");

        var result = await PipeAsync(UserPassword, "password", "user", "--data-directory", folder.Path);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(1, result.Error.Count(character => character == '\n'));
        Assert.Equal("something else entirely, and long enough to look at", await File.ReadAllTextAsync(folder.Combine("hub.sqlite")));
    }

    [Fact]
    public async Task A_missing_configuration_file_is_one_line()
    {
        var result = await PipeAsync(UserPassword, "password", "user", "--config", folder.Combine("hub.json"));

        Assert.Equal((1, $"hub: The configuration file {folder.Combine("hub.json")} does not exist.\n"), (result.ExitCode, result.Error));
    }

    public void Dispose() => folder.Dispose();

    private static Task<ToolResult> PipeAsync(string input, params string[] arguments) =>
        HubTool.RunAsync(arguments, input, new Dictionary<string, string?>());
}
