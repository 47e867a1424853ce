using JupyterHub.AspNetCore.Pages.Customising;
using JupyterHub.AspNetCore.Pages.Texts;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>Addresses in plain text become links, and nothing else does.</summary>
public sealed class LinkedTextTests
{
    [Theory]
    [InlineData("no address", "no address")]
    [InlineData("See https://example.org/a?b=c#d.", "See |<https://example.org/a?b=c#d>|.")]
    [InlineData("(see http://example.org/x)", "(see |<http://example.org/x>|)")]
    [InlineData("https://en.wikipedia.org/wiki/A_(b)", "<https://en.wikipedia.org/wiki/A_(b)>")]
    [InlineData("[the rules](https://example.org/rules) count", "the rules<https://example.org/rules>| count")]
    [InlineData("[x](javascript:alert(1))", "[x](javascript:alert(1))")]
    [InlineData("[x](//evil.example)", "[x](//evil.example)")]
    [InlineData("javascript:https://example.org/", "javascript:|<https://example.org/>")]
    [InlineData("ftp://example.org file:///etc/passwd", "ftp://example.org file:///etc/passwd")]
    [InlineData("https:// https://? http://", "https:// https://? http://")]
    [InlineData("a b https://a.example b https://b.example!", "a b |<https://a.example/>| b |<https://b.example/>|!")]
    [InlineData("mail it@example.org", "mail it@example.org")]
    public void Links_are_found(string text, string expected)
    {
        var parts = LinkedText.Parts(text).ToList();
        Assert.Equal(expected, string.Join('|', parts.Select(part => part.Url is null ? part.Text : part.Text.StartsWith("http", StringComparison.Ordinal) ? $"<{part.Url}>" : $"{part.Text}<{part.Url}>")));
    }

    [Theory]
    [InlineData("Ask it@example.org, or the desk.", "mailto:it@example.org")]
    [InlineData("a.b+c@mail.example.org", "mailto:a.b+c@mail.example.org")]
    [InlineData("not@host", null)]
    [InlineData("x?subject=a@b@example.org&cc=evil", null)]
    public void Mail_addresses_are_links_where_that_is_wanted(string text, string? url) =>
        Assert.Equal(url, LinkedText.Parts(text, withMail: true).FirstOrDefault(part => part.Url is not null).Url);

    [Fact]
    public void Nothing_of_the_text_is_lost_and_every_address_is_of_the_web()
    {
        foreach (var text in HostileTexts.All.Concat(HostileTexts.All.Select(text => $"https://a.example/{text} [{text}](https://b.example/{text})")))
        {
            var parts = LinkedText.Parts(text, withMail: true).ToList();
            Assert.All(parts, part => Assert.True(part.Url is null || part.Url.StartsWith("https://", StringComparison.Ordinal) || part.Url.StartsWith("mailto:", StringComparison.Ordinal), part.Url));
            Assert.All(parts.Where(part => part.Url is null || !text.Contains('[', StringComparison.Ordinal)), part => Assert.Contains(part.Text, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Long_texts_take_no_long_time()
    {
        // Each of these would take hours if the pattern went back and forth over it.
        foreach (var text in new[] { new string('a', 2000), string.Concat(Enumerable.Repeat("a@", 1000)), string.Concat(Enumerable.Repeat("[", 2000)), string.Concat(Enumerable.Repeat("https://", 250)), "x@" + string.Concat(Enumerable.Repeat("a.", 999)), "[" + new string(']', 1999) })
        {
            Assert.Equal(text.Length, LinkedText.Parts(text, withMail: true).Sum(part => part.Text.Length));
        }
    }

    [Theory]
    [InlineData("en", "ltr")]
    [InlineData("de-CH", "ltr")]
    [InlineData("ar", "rtl")]
    [InlineData("ar-EG", "rtl")]
    [InlineData("he", "rtl")]
    [InlineData("fa-IR", "rtl")]
    [InlineData("ku-Arab-IQ", "rtl")]
    [InlineData("ku", "ltr")]
    [InlineData("art", "ltr")]
    [InlineData("", "ltr")]
    public void Languages_have_a_direction(string language, string direction) => Assert.Equal(direction, TextDirection.Of(language));
}
