using JupyterHub.Core.Servers;

namespace JupyterHub.Core.Tests.Servers;

/// <summary>Names, display names and slugs (contract 10).</summary>
public sealed class ServerNamesTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("a-1-2-3", true)]
    [InlineData("lab2", true)]
    [InlineData("", false)]
    [InlineData("1", false)]
    [InlineData("a--1", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("A", false)]
    [InlineData("a\n", false)]
    [InlineData("a/b", false)]
    [InlineData("..", false)]
    [InlineData("üni", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz1234", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz12345", false)]
    public void A_new_name_is_a_slug(string name, bool isValid) => Assert.Equal(isValid, ServerNames.IsValid(name));

    [Theory]
    [InlineData("My Lab", "My Lab")]
    [InlineData("e\u0301cole", "école")]
    [InlineData("北京大学", "北京大学")]
    [InlineData("🐧 🦆", "🐧 🦆")]
    [InlineData("∇²φ=0", "∇²φ=0")]
    [InlineData("", null)]
    [InlineData(" x", null)]
    [InlineData("x ", null)]
    [InlineData("x  x", null)]
    [InlineData("x\tx", null)]
    [InlineData("x\u00a0x", null)]
    [InlineData("x\u200bx", null)]
    [InlineData("x\u202ex", null)]
    public void A_display_name_is_printable_and_kept_in_one_form(string given, string? kept) => Assert.Equal(kept, ServerNames.NormalizeDisplayName(given));

    [Fact]
    public void A_display_name_is_counted_in_characters_and_half_a_character_is_none()
    {
        var longest = string.Concat(Enumerable.Repeat("🐧", 255));
        Assert.Equal(longest, ServerNames.NormalizeDisplayName(longest));
        Assert.Null(ServerNames.NormalizeDisplayName(longest + "x"));
        Assert.Null(ServerNames.NormalizeDisplayName("x\ud83dx"));
        Assert.Null(ServerNames.NormalizeDisplayName(new string('x', 10_000_000)));
    }

    [Theory]
    [InlineData("z9", "z9", "z9")]
    [InlineData("jupyter-alex", "jupyter-alex-651dec0a", "jupyter-alex")]
    [InlineData("jupyter-Alex", "jupyter-alex-3a1c285c", "jupyter-alex")]
    [InlineData("jupyter-üni", "jupyter-uni-a5aaf5dd", "jupyter-uni")]
    [InlineData("user-_@_emailß.com", "user-email-com-7e3a7efd", "user-email-com")]
    [InlineData("üser-🐧½", "user-1-2-f3e0bac6", "user-1-2")]
    [InlineData("a-b--c-d", "a-b-c-d-ee1e7bc7", "a-b-c-d")]
    [InlineData("9z9", "x-9z9-224de202", "x-9z9")]
    [InlineData("-start", "start-f587e2dc", "start")]
    [InlineData("endswith-", "endswith-165f1166", "endswith")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "xxxxxxxxxxxxxxxxxxxxx-0f46e4b0", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("123456789012345678901234567890", "x-1234567890123456789-f54e5c8f", "x-1234567890123456789012345678")]
    public void Any_text_has_a_slug(string text, string unique, string plain)
    {
        Assert.Equal((unique, plain), (SafeSlug.Unique(text), SafeSlug.Plain(text)));
        Assert.True(ServerNames.IsValid(unique) && ServerNames.IsValid(plain));
    }

    [Theory]
    [InlineData("🐧")]
    [InlineData("-")]
    [InlineData("\ud83d")]
    [InlineData("/../")]
    public void A_text_without_letters_has_one_too(string text) => Assert.True(ServerNames.IsValid(SafeSlug.Unique(text)) && SafeSlug.Plain(text) == "x");
}
