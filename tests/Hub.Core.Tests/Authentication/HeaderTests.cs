using JupyterHub.Core.Authentication;

namespace JupyterHub.Core.Tests.Authentication;

public class HeaderTests
{
    [Theory]
    [InlineData("token abc", "abc")]
    [InlineData("Bearer abc", "abc")]
    [InlineData("TOKEN \t abc", "abc")]
    [InlineData("token a=b,c", "a=b,c")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("token", null)]
    [InlineData("token ", null)]
    [InlineData("tokenabc", null)]
    [InlineData(" token abc", null)]
    [InlineData("token abc ", null)]
    [InlineData("token a b", null)]
    [InlineData("Basic YTpi", null)]
    public void Tokens_come_in_two_schemes(string? header, string? expected) => Assert.Equal(expected, AuthorizationHeader.ReadToken(header));

    [Theory]
    [InlineData("POST", null, true)]
    [InlineData("POST", "", true)]
    [InlineData("POST", "application/json", true)]
    [InlineData("POST", "Application/JSON; charset=utf-8", true)]
    [InlineData("POST", "text/plain; application/json", true)]
    [InlineData("POST", "text/plain", false)]
    [InlineData("POST", "application/x-www-form-urlencoded", false)]
    [InlineData("PUT", "text/plain", true)]
    [InlineData("DELETE", "text/plain", true)]
    public void A_cookie_counts_on_a_post_with_json_only(string method, string? contentType, bool expected) =>
        Assert.Equal(expected, CookiePost.CookieCounts(method, contentType));

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", true)]
    [InlineData("0123456789ABCDEF0123456789abcdef", false)]
    [InlineData("0123456789abcdef", false)]
    [InlineData("0123456789abcdef0123456789abcdeg", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Session_ids_are_thirty_two_digits(string? cookie, bool valid) => Assert.Equal(valid ? cookie : null, SessionId.Read(cookie));

    [Fact]
    public void New_session_ids_are_valid_and_differ()
    {
        Assert.Equal(32, SessionId.Read(SessionId.Create())!.Length);
        Assert.NotEqual(SessionId.Create(), SessionId.Create());
    }
}
