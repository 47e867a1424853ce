using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Core.Tests.Authentication;

public class SignInTests
{
    private const string Password = "a password for everybody";

    [Fact]
    public async Task The_first_time_makes_the_user_with_the_default_role()
    {
        await using var hub = await OpenAsync(options => options.AllowAll = true);

        var result = await SignInAsync(hub, "Ada");

        Assert.Equal(SignInOutcome.Success, result.Outcome);
        Assert.Equal("ada", result.User!.Name);
        Assert.Matches("^[0-9a-f]{32}$", result.User.CookieId);
        Assert.Equal(["user"], await hub.RolesOfAsync("ada"));
        Assert.NotNull(await hub.Get<LoginCookie>().AuthenticateAsync(hub.Get<LoginCookie>().Issue(result.User.CookieId), default));
    }

    [Fact]
    public async Task The_second_time_finds_the_same_user()
    {
        await using var hub = await OpenAsync(options => options.AllowAll = true);

        var (first, second) = (await SignInAsync(hub, "ada"), await SignInAsync(hub, "ADA"));

        Assert.Equal(first.User!.Id, second.User!.Id);
        Assert.Equal(first.User.CookieId, second.User.CookieId);
    }

    [Fact]
    public async Task Two_first_times_at_once_make_one_user()
    {
        await using var hub = await OpenAsync(options => options.AllowAll = true);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SignInAsync(hub, "ada")));

        Assert.Single(results.Select(result => result.User!.Id).Distinct());
    }

    [Fact]
    public async Task Administrators_of_the_settings_get_flag_and_role_and_may_enter()
    {
        await using var hub = await OpenAsync(options => options.AdminUsers = ["Root"]);

        Assert.True((await SignInAsync(hub, "root")).User!.Admin);
        Assert.Equal(["admin", "user"], await hub.RolesOfAsync("root"));
    }

    [Fact]
    public async Task A_flag_given_elsewhere_stays_when_the_settings_say_nothing()
    {
        await using var hub = await OpenAsync(options => options.AllowAll = true);
        await hub.AddUserAsync("ada", admin: true);

        Assert.True((await SignInAsync(hub, "ada")).User!.Admin);
        Assert.Equal(["admin", "user"], await hub.RolesOfAsync("ada"));
    }

    [Fact]
    public async Task Cve_2020_26250_an_empty_allow_list_denies()
    {
        await using var hub = await OpenAsync(_ => { });

        Assert.Equal(SignInOutcome.NotAllowed, (await SignInAsync(hub, "ada")).Outcome);
        Assert.Null(await hub.FindUserAsync("ada"));
    }

    [Theory]
    [InlineData("ada", nameof(SignInOutcome.Success))]
    [InlineData("Grace", nameof(SignInOutcome.Success))]
    [InlineData("known", nameof(SignInOutcome.Success))]
    [InlineData("unknown", nameof(SignInOutcome.NotAllowed))]
    [InlineData("blocked", nameof(SignInOutcome.NotAllowed))]
    public async Task The_lists_decide(string name, string expected)
    {
        await using var hub = await OpenAsync(options =>
        {
            options.AllowedUsers = ["Ada", "blocked"];
            options.AdminUsers = ["grace", "blocked"];
            options.BlockedUsers = ["Blocked"];
            options.AllowExistingUsers = true;
        });
        await hub.AddUserAsync("known");
        await hub.AddUserAsync("blocked");

        Assert.Equal(expected, (await SignInAsync(hub, name)).Outcome.ToString());
    }

    [Theory]
    [InlineData("ada", "wrong")]
    [InlineData("nobody", "wrong")]
    [InlineData("ada", "")]
    [InlineData("", Password)]
    public async Task Wrong_credentials_have_one_answer(string name, string password)
    {
        await using var hub = await OpenAsync(options => options.AllowAll = true);
        await hub.AddUserAsync("ada");

        Assert.Same(SignInResult.WrongCredentials, await SignInAsync(hub, name, password));
    }

    [Fact]
    public async Task Cve_2026_54338_ten_megabytes_are_refused_unread_and_logged_in_one_short_line_without_password()
    {
        await using var hub = await OpenAsync(options => options.AllowAll = true);
        var name = string.Concat(Enumerable.Repeat("x\r\n\u202e", 2_500_000));

        Assert.Equal(SignInOutcome.WrongCredentials, (await SignInAsync(hub, name)).Outcome);
        Assert.Equal(SignInOutcome.WrongCredentials, (await SignInAsync(hub, "ada", new string('x', 5000))).Outcome);
        Assert.Equal(SignInOutcome.WrongCredentials, (await SignInAsync(hub, "a\nb", "s3cr3t-typed-wrong")).Outcome);

        Assert.Equal(3, hub.Logs.Lines.Count(line => line.StartsWith("6002 ", StringComparison.Ordinal)));
        Assert.All(hub.Logs.Lines, line =>
        {
            Assert.True(line.Length < 400);
            Assert.DoesNotContain(line, char.IsControl);
            Assert.DoesNotContain("s3cr3t", line, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData(" ada")]
    public async Task Names_that_cannot_be_users_do_not_enter(string name)
    {
        await using var hub = await OpenAsync(options => options.AllowAll = true);

        Assert.Equal(SignInOutcome.NotAllowed, (await SignInAsync(hub, name)).Outcome);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8000", true)]
    [InlineData("http://127.9.9.9:8000", true)]
    [InlineData("http://[::1]:8000", true)]
    [InlineData("http://localhost:8000", true)]
    [InlineData("http://0.0.0.0:8000", false)]
    [InlineData("http://[::]:8000", false)]
    [InlineData("http://192.0.2.1:8000", false)]
    [InlineData("http://hub.example.org", false)]
    public void Without_a_password_only_this_machine_is_served(string listener, bool fine)
    {
        var listeners = new[] { new Uri("http://127.0.0.1:1"), new Uri(listener) };
        LoopbackRequirement.Check(new DummyAuthenticatorOptions { Password = new HubSecret("x") }, listeners);
        void Check() => LoopbackRequirement.Check(new DummyAuthenticatorOptions(), listeners);

        if (fine)
        {
            Check();
        }
        else
        {
            Assert.DoesNotContain('\n', Assert.Throws<HubStartupException>(Check).Message);
        }
    }

    private static Task<TestHub> OpenAsync(Action<DummyAuthenticatorOptions> configure)
    {
        var options = new DummyAuthenticatorOptions { Password = new HubSecret(Password) };
        configure(options);
        return TestHub.OpenAsync(options, register: services => services.AddSingleton<IAuthenticator, DummyAuthenticator>());
    }

    private static Task<SignInResult> SignInAsync(TestHub hub, string name, string password = Password) =>
        hub.Get<SignInOperation>().ExecuteAsync(new LoginForm(name, password), null, default);
}
