using System.Text.Json.Nodes;
using JupyterHub.Core.Unicode;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Unicode;

/// <summary>The hub's own normalization against CPython's (normalization.json).</summary>
public sealed class CanonicalFormTests
{
    [Fact]
    public void Texts_come_out_as_they_do_in_Python()
    {
        var cases = JsonNode.Parse(File.ReadAllText(Repository.Data("normalization.json")))!.AsArray();
        Assert.Equal(400, cases.Count);
        Assert.All(cases, pair => Assert.Equal((string)pair![1]!, CanonicalForm.Of((string)pair[0]!), StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("\u0041\u030a", "\u00c5")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("a\u0323\u0302", "\u1ead")]
    [InlineData("a\u0302\u0323", "\u1ead")]
    [InlineData("\u1100\u1161\u11a8", "\uac01")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("\u0301x", "\u0301x")]
    public void Known_texts_come_out_right(string text, string expected) => Assert.Equal(expected, CanonicalForm.Of(text), StringComparer.Ordinal);
}
