using JupyterHub.Core.Diagnostics;

namespace JupyterHub.Core.Tests.Diagnostics;

public class LogTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("ada", "ada")]
    [InlineData("zoë €", "zoë €")]
    [InlineData("a\r\nb", @"a\u{d}\u{a}b")]
    [InlineData("a\u2028b\u202eb", @"a\u{2028}b\u{202e}b")]
    [InlineData(@"a\u{a}", @"a\\u{a}")]
    [InlineData("\u001b[31m", @"\u{1b}[31m")]
    public void Escapes_what_does_not_print(string? text, string expected) => Assert.Equal(expected, LogText.Bound(text));

    [Fact]
    public void A_lone_surrogate_does_not_reach_the_log() => Assert.Equal("a\ufffdb", LogText.Bound("a\ud800b"));

    [Fact]
    public void Thirty_two_characters_stay() => Assert.Equal(new string('x', 32), LogText.Bound(new string('x', 32)));

    [Fact]
    public void Ghsa_p43p_whwx_q52h_ten_megabytes_become_one_short_line()
    {
        var line = LogText.Bound(string.Concat(Enumerable.Repeat("\r\n\0\u202e😀", 2_000_000)));

        Assert.True(line.Length < 300);
        Assert.EndsWith("...(12000000 chars)", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line, char.IsControl);
    }
}
