using JupyterHub.Core.Addressing;

namespace JupyterHub.Core.Tests.Addressing;

/// <summary>What each way of writing a target means. Routing, authorization and forwarding all rest on these answers.</summary>
public class RequestTargetCorpusTests
{
    [Theory]
    [InlineData("/", "")]
    [InlineData("/hub", "hub")]
    [InlineData("/hub/", "hub", "")]
    [InlineData("/hub/api/users/ada", "hub", "api", "users", "ada")]
    [InlineData("/hub/api/users/", "hub", "api", "users", "")]
    [InlineData("/HUB/Api/Users/Ada", "HUB", "Api", "Users", "Ada")]
    [InlineData("//", "", "")]
    [InlineData("//hub", "", "hub")]
    [InlineData("//evil.example/hub", "", "evil.example", "hub")]
    [InlineData("/hub//api", "hub", "", "api")]
    [InlineData("/users/ada/servers//progress", "users", "ada", "servers", "", "progress")]
    [InlineData("///", "", "", "")]
    [InlineData("/user/a%2Fb/", "user", "a/b", "")]
    [InlineData("/user/a%2fb/", "user", "a/b", "")]
    [InlineData("/user/a%252Fb/", "user", "a%2Fb", "")]
    [InlineData("/user/a%25252Fb/", "user", "a%252Fb", "")]
    [InlineData("/user/%2F", "user", "/")]
    [InlineData("/user/%2F%2F/", "user", "//", "")]
    [InlineData("/%75ser/%61da/", "user", "ada", "")]
    [InlineData("/user/%41da", "user", "Ada")]
    [InlineData("/user/a+b", "user", "a+b")]
    [InlineData("/user/a%2Bb", "user", "a+b")]
    [InlineData("/user/a%20b", "user", "a b")]
    [InlineData("/user/~ada@example.org", "user", "~ada@example.org")]
    [InlineData("/user/%7Eada%40example.org", "user", "~ada@example.org")]
    [InlineData("/user/caf%C3%A9", "user", "café")]
    [InlineData("/user/cafe%CC%81", "user", "cafe\u0301")]
    [InlineData("/user/%F0%9F%90%8D", "user", "🐍")]
    [InlineData("/user/%EF%BF%BD", "user", "\uFFFD")]
    [InlineData("/user/%EF%BB%BFada", "user", "\uFEFFada")]
    [InlineData("/user/a%5Cb", "user", "a\\b")]
    [InlineData("/user/a%0D%0Ab", "user", "a\r\nb")]
    [InlineData("/user/a%7Fb", "user", "a\u007Fb")]
    [InlineData("/user/a%3Fb%23c", "user", "a?b#c")]
    [InlineData("/user/...", "user", "...")]
    [InlineData("/user/.hidden", "user", ".hidden")]
    [InlineData("/user/..%2Feve", "user", "../eve")]
    [InlineData("/user/a..b", "user", "a..b")]
    [InlineData("/user/%252e%252e/", "user", "%2e%2e", "")]
    [InlineData("/user/..;/admin", "user", "..;", "admin")]
    [InlineData("/user/ada;v=1/x", "user", "ada;v=1", "x")]
    [InlineData("/user/{a}|^`\"<>[]", "user", "{a}|^`\"<>[]")]
    [InlineData("/user/a:b", "user", "a:b")]
    public void A_path_has_these_segments(string raw, params string[] segments)
    {
        Assert.True(RequestTarget.TryParse(raw, out var target, out var error), error.ToString());
        Assert.Equal(RequestTargetForm.Origin, target.Form);
        Assert.Equal(segments, Enumerable.Range(0, target.SegmentCount).Select(target.SegmentText));
        Assert.Equal(segments, Enumerable.Range(0, target.SegmentCount).Select(index => target.Segment(index).ToString()));
        Assert.Equal(segments[^1].Length == 0, target.EndsWithSlash);
        Assert.Equal(raw, target.PathAndQuery);
        Assert.Equal(raw, target.RawPath.ToString());
        Assert.Equal(raw[1..].Split('/'), Enumerable.Range(0, target.SegmentCount).Select(index => target.RawSegment(index).ToString()));
    }

    [Theory]
    [InlineData("/..", "DotSegment")]
    [InlineData("/.", "DotSegment")]
    [InlineData("/user/ada/../eve/", "DotSegment")]
    [InlineData("/user/./ada", "DotSegment")]
    [InlineData("/user/%2e%2e/", "DotSegment")]
    [InlineData("/user/%2E%2E", "DotSegment")]
    [InlineData("/user/.%2e/", "DotSegment")]
    [InlineData("/user/%2e/", "DotSegment")]
    [InlineData("/hub/..", "DotSegment")]
    [InlineData("http://127.0.0.1/..", "DotSegment")]
    [InlineData("/user/%", "InvalidEscape")]
    [InlineData("/user/%2", "InvalidEscape")]
    [InlineData("/user/%2/x", "InvalidEscape")]
    [InlineData("/user/%zz", "InvalidEscape")]
    [InlineData("/user/%2g", "InvalidEscape")]
    [InlineData("/user/%g2", "InvalidEscape")]
    [InlineData("/user/100%/", "InvalidEscape")]
    [InlineData("/user/%%32%66", "InvalidEscape")]
    [InlineData("/user/%u0061", "InvalidEscape")]
    [InlineData("/user/%+1", "InvalidEscape")]
    [InlineData("/user/%2%46", "InvalidEscape")]
    [InlineData("/user/%ff", "InvalidUtf8")]
    [InlineData("/user/%C3", "InvalidUtf8")]
    [InlineData("/user/%C3/%A9", "InvalidUtf8")]
    [InlineData("/user/%A9", "InvalidUtf8")]
    [InlineData("/user/%C0%AF", "InvalidUtf8")]
    [InlineData("/user/%C0%AE%C0%AE/", "InvalidUtf8")]
    [InlineData("/user/%E0%80%AF", "InvalidUtf8")]
    [InlineData("/user/%ED%A0%80", "InvalidUtf8")]
    [InlineData("/user/%F4%90%80%80", "InvalidUtf8")]
    [InlineData("/user/%F0%9F%90", "InvalidUtf8")]
    [InlineData("/user/%00", "Null")]
    [InlineData("/user/ada%00.html", "Null")]
    [InlineData("/user\\ada", "Backslash")]
    [InlineData("/\\evil.example/", "Backslash")]
    [InlineData("/user/..\\eve", "Backslash")]
    [InlineData("/user/ada#x", "Fragment")]
    [InlineData("/user/ada?x#y", "Fragment")]
    [InlineData("#", "Fragment")]
    [InlineData("/user/a b", "UnescapedCharacter")]
    [InlineData("/user/a\tb", "UnescapedCharacter")]
    [InlineData("/user/a\rb", "UnescapedCharacter")]
    [InlineData("/user/a\nb", "UnescapedCharacter")]
    [InlineData("/user/a\0b", "UnescapedCharacter")]
    [InlineData("/user/a\u007Fb", "UnescapedCharacter")]
    [InlineData("/user/café", "UnescapedCharacter")]
    [InlineData("/user/\uFF0E\uFF0E", "UnescapedCharacter")]
    [InlineData("/?q=é", "UnescapedCharacter")]
    [InlineData("/?q=a b", "UnescapedCharacter")]
    [InlineData("", "Empty")]
    [InlineData(null, "Empty")]
    [InlineData("hub", "UnknownForm")]
    [InlineData("?x", "UnknownForm")]
    [InlineData("**", "UnknownForm")]
    [InlineData("*/", "UnknownForm")]
    [InlineData("example.org:443", "UnknownForm")]
    [InlineData("ftp://example.org/", "UnknownForm")]
    [InlineData("javascript:alert(1)", "UnknownForm")]
    [InlineData("http:/hub", "UnknownForm")]
    [InlineData("http:hub", "UnknownForm")]
    [InlineData("http://", "InvalidAuthority")]
    [InlineData("http:///hub", "InvalidAuthority")]
    [InlineData("http://:80/", "InvalidAuthority")]
    [InlineData("http://ada@example.org/", "InvalidAuthority")]
    [InlineData("http://example.org:/", "InvalidAuthority")]
    [InlineData("http://example.org:x/", "InvalidAuthority")]
    [InlineData("http://example.org:99999/", "InvalidAuthority")]
    [InlineData("http://example.org:+80/", "InvalidAuthority")]
    [InlineData("http://a:b:80/", "InvalidAuthority")]
    [InlineData("http://[::1/", "InvalidAuthority")]
    [InlineData("http://[]/", "InvalidAuthority")]
    [InlineData("http://[127.0.0.1]/", "InvalidAuthority")]
    [InlineData("http://exa%6Dple.org/", "InvalidAuthority")]
    [InlineData("http://a\\b/", "InvalidAuthority")]
    public void A_target_is_refused_with_a_reason(string? raw, string expected)
    {
        Assert.False(RequestTarget.TryParse(raw, out var target, out var error));
        Assert.Null(target);
        Assert.Equal(expected, error.ToString());
        Assert.NotEqual(RequestTargetError.None.Describe(), error.Describe());
    }

    [Theory]
    [InlineData("/a?", "/a", "")]
    [InlineData("/a?b=c", "/a", "b=c")]
    [InlineData("/a?b=c?d=%2F/../%zz%00\\", "/a", "b=c?d=%2F/../%zz%00\\")]
    [InlineData("/?next=//evil", "/", "next=//evil")]
    [InlineData("/a", "/a", "")]
    public void The_query_is_kept_as_it_is(string raw, string path, string query)
    {
        Assert.True(RequestTarget.TryParse(raw, out var target, out _));
        Assert.Equal(path, target.RawPath.ToString());
        Assert.Equal(query, target.RawQuery.ToString());
        Assert.Equal(raw, target.PathAndQuery);
    }

    [Theory]
    [InlineData("http://example.org/user/a%2Fb/?q=%2F", "example.org", "/user/a%2Fb/?q=%2F")]
    [InlineData("HTTP://Example.ORG:8000/x", "Example.ORG:8000", "/x")]
    [InlineData("https://[::1]:8000/x", "[::1]:8000", "/x")]
    [InlineData("http://[2001:db8::1]/", "[2001:db8::1]", "/")]
    [InlineData("http://example.org", "example.org", "/")]
    [InlineData("http://example.org?x=1", "example.org", "/?x=1")]
    [InlineData("http://example.org//x", "example.org", "//x")]
    public void The_absolute_form_gives_the_same_path_as_the_origin_form(string raw, string authority, string pathAndQuery)
    {
        Assert.True(RequestTarget.TryParse(raw, out var target, out var error), error.ToString());
        Assert.True(RequestTarget.TryParse(pathAndQuery, out var origin, out _));
        Assert.Equal(RequestTargetForm.Absolute, target.Form);
        Assert.Equal(authority, target.Authority);
        Assert.Equal(pathAndQuery, target.PathAndQuery);
        Assert.Equal(
            Enumerable.Range(0, origin.SegmentCount).Select(origin.SegmentText),
            Enumerable.Range(0, target.SegmentCount).Select(target.SegmentText));
    }

    [Fact]
    public void The_asterisk_has_no_segments()
    {
        Assert.True(RequestTarget.TryParse("*", out var target, out _));
        Assert.Equal(RequestTargetForm.Asterisk, target.Form);
        Assert.Equal(0, target.SegmentCount);
        Assert.False(target.EndsWithSlash);
        Assert.Equal("*", target.PathAndQuery);
    }

    [Fact]
    public void Length_is_bounded()
    {
        Assert.True(RequestTarget.TryParse("/" + new string('a', RequestTarget.MaxLength - 1), out _, out _));
        Assert.False(RequestTarget.TryParse("/" + new string('a', RequestTarget.MaxLength), out _, out var error));
        Assert.Equal(RequestTargetError.TooLong, error);
        Assert.True(RequestTarget.TryParse(new string('/', RequestTarget.MaxLength), out var slashes, out _));
        Assert.Equal(RequestTarget.MaxLength, slashes.SegmentCount);
    }

    [Fact]
    public void A_long_escaped_segment_is_decoded_whole()
    {
        var name = string.Concat(Enumerable.Repeat("é/", 2_000));
        Assert.True(RequestTarget.TryParse($"/{PathNames.Escape(name)}/x", out var target, out _));
        Assert.Equal([name, "x"], [target.SegmentText(0), target.SegmentText(1)]);
    }

    [Theory]
    [InlineData(0, "/hub/user/a%2Fb/tree?x=1")]
    [InlineData(1, "/user/a%2Fb/tree?x=1")]
    [InlineData(3, "/tree?x=1")]
    public void The_rest_from_a_segment_on_is_raw(int index, string rest)
    {
        Assert.True(RequestTarget.TryParse("/hub/user/a%2Fb/tree?x=1", out var target, out _));
        Assert.Equal(rest, target.RawFrom(index).ToString());
    }
}
