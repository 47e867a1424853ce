using System.Net;
using System.Text.Json;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Hosting;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Authentication;

public class XsrfTokensTests
{
    private const string Id = "11111111111111111111111111111111:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private readonly FakeTime time = new();
    private readonly XsrfTokens tokens;

    public XsrfTokensTests() => tokens = new XsrfTokens(new CookieSecret(SignedValueVectors.Secret), time);

    private static JsonElement Vectors => SignedValueVectors.Root.GetProperty("xsrf");

    [Fact]
    public void Tokens_are_the_originals()
    {
        var clock = new FakeTime(DateTimeOffset.FromUnixTimeSeconds(Vectors.GetProperty("time").GetInt64()));
        var ours = new XsrfTokens(new CookieSecret(SignedValueVectors.Secret), clock);
        foreach (var vector in Vectors.GetProperty("tokens").EnumerateArray())
        {
            Assert.Equal(vector.Text("token"), ours.Create(vector.Text("id")));
        }
    }

    [Fact]
    public void Anonymous_ids_are_the_originals()
    {
        var settings = XsrfSettings.Read(name => name.EndsWith("HEADERS", StringComparison.Ordinal) ? Vectors.Text("headers") : Vectors.Text("networks"));
        var ids = new XsrfIds(settings);
        foreach (var vector in Vectors.GetProperty("ids").EnumerateArray())
        {
            var address = IPAddress.Parse(vector.Text("address"));
            string? Header(string name) => vector.GetProperty("headers").TryGetProperty(name, out var value) ? value.GetString() : null;

            Assert.Equal("None:" + vector.Text("id"), ids.OfAnonymous(null, address, Header));
            Assert.Equal("s:" + vector.Text("id"), ids.OfAnonymous("s", address.MapToIPv6().MapToIPv4().Equals(address) ? address.MapToIPv6() : address, Header));
        }
    }

    [Fact]
    public void A_network_that_is_none_stops_the_start() =>
        Assert.Contains("10.0.0.1/8", Assert.Throws<HubStartupException>(() => XsrfSettings.Read(_ => "10.0.0.1/8")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_cookie_of_ours_is_the_token()
    {
        var cookie = tokens.Create(Id);

        Assert.Equal(new XsrfToken(cookie, false), tokens.Get($"_xsrf={cookie}", Id, "cors"));
        Assert.Equal(new XsrfToken(cookie, false), tokens.Get($"a=b; _xsrf=\"{cookie}\"; c", Id, null));
    }

    [Theory]
    [InlineData("_xsrf=2|12345678|0123456789abcdef0123456789abcdef|1700000000; ")]
    [InlineData("_xsrf=; _xsrf=x; _xsrf====; ")]
    [InlineData("_xsrf=%00%ff; _xsrf=\u00fc; ;;; =; ")]
    public void Foreign_cookies_of_the_name_are_passed_over(string others)
    {
        var cookie = tokens.Create(Id);

        Assert.Equal(cookie, tokens.Get($"{others}_xsrf={cookie}", Id, null).Value);
    }

    [Fact]
    public void Cve_2024_28233_a_cookie_tossed_from_another_path_does_not_become_the_token()
    {
        var tossed = tokens.Create("22222222222222222222222222222222:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");

        var token = tokens.Get($"_xsrf={tossed}; _xsrf={tokens.Create(Id)}", Id, "cors");

        Assert.NotEqual(tossed, token.Value);
        Assert.NotNull(XsrfTokens.Refusal("POST", tossed, token));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("navigate", true)]
    [InlineData("cors", false)]
    [InlineData("no-cors", false)]
    public void Only_navigation_sets_the_cookie(string? mode, bool sets) => Assert.Equal(sets, tokens.Get(null, Id, mode).MustSetCookie);

    [Fact]
    public void A_token_lasts_thirty_one_days()
    {
        var cookie = tokens.Create(Id);
        time.Advance(TimeSpan.FromDays(31));
        Assert.False(tokens.Get($"_xsrf={cookie}", Id, null).MustSetCookie);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(tokens.Get($"_xsrf={cookie}", Id, null).MustSetCookie);
    }

    [Theory]
    [InlineData(null, "'_xsrf' argument missing from DELETE")]
    [InlineData("", "'_xsrf' argument missing from DELETE")]
    [InlineData("wrong", "XSRF cookie does not match DELETE argument")]
    [InlineData("right", null)]
    public void Refusals_have_the_originals_texts(string? submitted, string? expected) =>
        Assert.Equal(expected, XsrfTokens.Refusal("DELETE", submitted, new XsrfToken("right", false)));

    [Fact]
    public void A_lone_surrogate_is_invalid() => Assert.Equal("'_xsrf' argument invalid", XsrfTokens.Refusal("POST", "a\ud800", new XsrfToken("right", false)));

    [Theory]
    [InlineData(" a ", "b", "c", "a")]
    [InlineData("", "b", "c", "b")]
    [InlineData(null, "", "c", "c")]
    [InlineData(" ", null, null, null)]
    public void The_argument_goes_before_the_headers(string? argument, string? xsrf, string? csrf, string? expected) =>
        Assert.Equal(expected, XsrfTokens.Submitted(argument, xsrf, csrf));
}
