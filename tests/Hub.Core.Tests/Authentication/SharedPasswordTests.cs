using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Core.Tests.Authentication;

public class SharedPasswordTests
{
    private const string AdminPassword = "an admin password of thirty-two characters or more";
    private const string UserPassword = "user password";

    [Fact]
    public async Task The_first_run_makes_both_passwords_up_shows_them_once_and_keeps_hashes()
    {
        await using var hub = await OpenAsync();

        var first = await hub.Get<SharedPasswords>().EnsureAsync(default);

        Assert.Equal(32, first!.Admin!.Length);
        Assert.Equal(16, first.User!.Length);
        Assert.Null(await hub.Get<SharedPasswords>().EnsureAsync(default));
        var stored = await hub.Database.ReadAsync((context, token) => context.SharedPasswords.ToListAsync(token), default);
        Assert.Equal(["admin", "user"], stored.Select(row => row.Kind).Order());
        Assert.All(stored, row => Assert.StartsWith("pbkdf2-sha512$", row.Hash, StringComparison.Ordinal));
        Assert.DoesNotContain(first.Admin, first.ToString(), StringComparison.Ordinal);
        Assert.Equal(SignInOutcome.Success, await SignInAsync(hub, "root", first.Admin));
        Assert.Equal(SignInOutcome.Success, await SignInAsync(hub, "ada", first.User));
        Assert.Equal(SignInOutcome.WrongCredentials, await SignInAsync(hub, "ada", first.Admin));
    }

    [Fact]
    public async Task Two_hubs_have_different_passwords()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();

        Assert.NotEqual((await one.Get<SharedPasswords>().EnsureAsync(default))!.User, (await other.Get<SharedPasswords>().EnsureAsync(default))!.User);
    }

    [Fact]
    public async Task Processes_that_start_at_once_show_each_password_once()
    {
        await using var hub = await OpenAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => hub.Get<SharedPasswordStore>().EnsureAsync(["admin", "user"], default)));

        var shown = made.SelectMany(passwords => passwords).ToList();
        Assert.Equal(["admin", "user"], shown.Select(password => password.Key).Order());
        foreach (var (kind, password) in shown)
        {
            Assert.True(PasswordHash.Verify(password, (await hub.Get<SharedPasswordStore>().HashOfAsync(kind, default))!));
        }
    }

    [Fact]
    public async Task Without_any_password_nobody_enters()
    {
        await using var hub = await OpenAsync();

        Assert.Equal(SignInOutcome.WrongCredentials, await SignInAsync(hub, "ada", ""));
        Assert.Equal(SignInOutcome.WrongCredentials, await SignInAsync(hub, "root", "admin"));
    }

    [Theory]
    [InlineData("root", AdminPassword, nameof(SignInOutcome.Success), true)]
    [InlineData("ROOT", AdminPassword, nameof(SignInOutcome.Success), true)]
    [InlineData("root", UserPassword, nameof(SignInOutcome.WrongCredentials), null)]
    [InlineData("Root", UserPassword, nameof(SignInOutcome.WrongCredentials), null)]
    [InlineData("ada", UserPassword, nameof(SignInOutcome.Success), false)]
    [InlineData("ada", AdminPassword, nameof(SignInOutcome.WrongCredentials), null)]
    [InlineData("ada", "user passwor", nameof(SignInOutcome.WrongCredentials), null)]
    public async Task Each_password_is_for_its_users(string name, string password, string expected, bool? admin)
    {
        await using var hub = await OpenAsync(Configured());

        var result = await hub.Get<SignInOperation>().ExecuteAsync(new LoginForm(name, password), null, default);

        Assert.Equal(expected, result.Outcome.ToString());
        Assert.Equal(admin, result.User?.Admin);
    }

    [Fact]
    public async Task Who_enters_with_the_users_password_is_no_administrator_any_more()
    {
        await using var hub = await OpenAsync(Configured());
        await hub.AddUserAsync("ada", admin: true);

        Assert.Equal(SignInOutcome.Success, await SignInAsync(hub, "ada", UserPassword));
        Assert.False((await hub.FindUserAsync("ada"))!.Admin);
        Assert.Equal(["user"], await hub.RolesOfAsync("ada"));
    }

    [Fact]
    public async Task A_replaced_password_takes_effect_at_once()
    {
        await using var hub = await OpenAsync();
        var first = await hub.Get<SharedPasswords>().EnsureAsync(default);

        await hub.Get<SharedPasswordStore>().SetAsync(SharedPasswordKind.User, "another one", default);

        Assert.Equal(SignInOutcome.Success, await SignInAsync(hub, "ada", "another one"));
        Assert.Equal(SignInOutcome.WrongCredentials, await SignInAsync(hub, "ada", first!.User!));
    }

    [Fact]
    public async Task What_the_settings_give_is_not_made_up()
    {
        var options = Configured();
        options.AdminPassword = null;
        await using var hub = await OpenAsync(options);

        var first = await hub.Get<SharedPasswords>().EnsureAsync(default);

        Assert.NotNull(first!.Admin);
        Assert.Null(first.User);
    }

    [Theory]
    [InlineData("short", null, "AdminPassword")]
    [InlineData(null, "1234567", "UserPassword")]
    [InlineData(AdminPassword, AdminPassword, "differ")]
    public async Task Weak_settings_stop_the_start(string? admin, string? user, string part)
    {
        await using var hub = await OpenAsync(new SharedPasswordOptions
        {
            AdminPassword = admin is null ? null : new HubSecret(admin),
            UserPassword = user is null ? null : new HubSecret(user),
        });

        var message = Assert.Throws<HubStartupException>(hub.Get<SharedPasswords>).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.DoesNotContain(AdminPassword, message, StringComparison.Ordinal);
    }

    private static SharedPasswordOptions Configured() => new()
    {
        AdminPassword = new HubSecret(AdminPassword),
        UserPassword = new HubSecret(UserPassword),
    };

    private static Task<TestHub> OpenAsync(SharedPasswordOptions? options = null)
    {
        options ??= new SharedPasswordOptions();
        options.AllowAll = true;
        options.AdminUsers = ["root"];
        return TestHub.OpenAsync(options, register: services => services.AddSingleton<IAuthenticator, SharedPasswordAuthenticator>());
    }

    private static async Task<SignInOutcome> SignInAsync(TestHub hub, string name, string password) =>
        (await hub.Get<SignInOperation>().ExecuteAsync(new LoginForm(name, password), null, default)).Outcome;
}
