using JupyterHub.Core.OAuth;

namespace JupyterHub.Core.Tests.OAuth;

public class FormEncodingTests
{
    [Fact]
    public void What_is_written_reads_back()
    {
        var random = new Random(20260502);
        const string Alphabet = "aZ09-._~ +%&=#;/?:@!$'()*,\"<>é€😀\0\t\r\n";
        for (var round = 0; round < 5_000; round++)
        {
            var value = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => Alphabet[random.Next(Alphabet.Length)]).Where(character => !char.IsSurrogate(character)));

            Assert.True(FormEncoding.TryDecode($"a={FormEncoding.Encode(value)}", mustHaveEquals: true, out var pairs));
            Assert.Equal(new KeyValuePair<string, string>("a", value), Assert.Single(pairs));
        }
    }

    [Theory]
    [InlineData("/x", "/x?a=b")]
    [InlineData("/x?", "/x?a=b")]
    [InlineData("/x?c=d", "/x?c=d&a=b")]
    [InlineData("/x?c=d&", "/x?c=d&a=b")]
    [InlineData("/x#f", "/x?a=b#f")]
    [InlineData("/x?c#f?g", "/x?c&a=b#f?g")]
    public void Parameters_join_a_query(string url, string expected) => Assert.Equal(expected, FormEncoding.AppendToQuery(url, [new("a", "b")]));

    [Theory]
    [InlineData("/x", "/x#a=b")]
    [InlineData("/x#", "/x#a=b")]
    [InlineData("/x#c=d", "/x#c=d&a=b")]
    public void Parameters_join_a_fragment(string url, string expected) => Assert.Equal(expected, FormEncoding.AppendToFragment(url, [new("a", "b")]));

    [Theory]
    [InlineData("%")]
    [InlineData("%1")]
    [InlineData("%1g")]
    [InlineData("%ff")]
    [InlineData("%c3%28")]
    [InlineData("a b")]
    [InlineData("a\0")]
    [InlineData("[]")]
    public void Broken_text_is_refused(string text)
    {
        Assert.False(FormEncoding.TryDecode($"a={text}", mustHaveEquals: true, out _));
        Assert.NotEmpty(FormEncoding.DecodeLeniently($"a={text}"));
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("//x", true)]
    [InlineData("https://a.example/b?c=d", true)]
    [InlineData("com.example.app:/cb", true)]
    [InlineData("", false)]
    [InlineData("x", false)]
    [InlineData(":x", false)]
    [InlineData("1http://x", false)]
    [InlineData("https://a.example/#f", false)]
    [InlineData("https://a@b.example/", false)]
    [InlineData("https://a.example/\r\nx", false)]
    [InlineData("https://ä.example/", false)]
    public void Redirect_addresses_are_absolute_or_paths(string text, bool fine) => Assert.Equal(fine, RedirectUri.IsWellFormed(text));
}
