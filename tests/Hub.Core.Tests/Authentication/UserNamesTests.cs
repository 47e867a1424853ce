using JupyterHub.Core.Authentication;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Tests.Authentication;

public class UserNamesTests
{
    [Theory]
    [InlineData("ada", "ada")]
    [InlineData("Ada Lovelace", "ada lovelace")]
    [InlineData("O'Neil@Example.org", "o'neil@example.org")]
    [InlineData("ZOË", "zoë")]
    [InlineData("Boss", "ada")]
    [InlineData("..", "..")]
    public void Names_have_one_form(string typed, string expected)
    {
        var names = Names(options => options.UsernameMap["boss"] = "ada");

        Assert.True(names.TryGetCanonical(typed, out var name));
        Assert.Equal(expected, name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" ada")]
    [InlineData("ada\n")]
    [InlineData("ada\u00a0")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    [InlineData("a\ud800b")]
    public void Some_are_no_names(string? typed)
    {
        Assert.False(Names().TryGetCanonical(typed, out var name));
        Assert.Null(name);
    }

    [Fact]
    public void Length_is_bounded_before_and_after_the_map()
    {
        Assert.True(Names().TryGetCanonical(new string('a', 255), out _));
        Assert.False(Names().TryGetCanonical(new string('a', 256), out _));
        Assert.False(Names(options => options.UsernameMap["x"] = new string('a', 256)).TryGetCanonical("x", out _));
    }

    [Theory]
    [InlineData("student1", true)]
    [InlineData("student12x", false)]
    [InlineData("xstudent1", false)]
    [InlineData("teacher", true)]
    [InlineData("teacher\n", false)]
    public void The_pattern_must_match_the_whole_name(string name, bool valid) =>
        Assert.Equal(valid, Names(options => options.UsernamePattern = @"student\d+|teacher").IsValid(name));

    [Fact]
    public void A_pattern_that_runs_away_lets_nobody_in() =>
        Assert.False(Names(options => options.UsernamePattern = "(a+)+b").IsValid(new string('a', 60)));

    [Fact]
    public void A_broken_pattern_stops_the_start() =>
        Assert.Contains("UsernamePattern", Assert.Throws<HubStartupException>(() => Names(options => options.UsernamePattern = "(")).Message, StringComparison.Ordinal);

    [Fact]
    public void Blocked_names_are_normalised_like_everybodys()
    {
        var names = Names(options => options.BlockedUsers = ["Ada"]);

        Assert.True(names.IsBlocked("ada"));
        Assert.False(names.IsBlocked("adam"));
    }

    private static UserNames Names(Action<AuthenticatorOptions>? configure = null)
    {
        var options = new AuthenticatorOptions();
        configure?.Invoke(options);
        return new UserNames(options);
    }
}
