using JupyterHub.AspNetCore.Errors;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Refusals say in a header which scopes would have sufficed.</summary>
public sealed class RequiredScopesTests(HubFixture hub) : IClassFixture<HubFixture>
{
    private HubHost Host => hub.Host;

    [Theory]
    [InlineData("GET", "/hub/api/users/ada", "read:users!user=ada, read:users:name!user=ada, read:servers!user=ada, read:users:groups!user=ada, read:users:activity!user=ada, read:roles:users!user=ada")]
    [InlineData("POST", "/hub/api/users/ada/server", "start:servers!server=ada/")]
    [InlineData("POST", "/hub/api/shutdown", "shutdown")]
    [InlineData("GET", "/hub/api/metrics", "read:metrics")]
    [InlineData("POST", "/hub/api/users/a%2Cb%20%22%C3%BC%0A", "admin:users!user=a%2Cb%20%22%C3%BC%0A")]
    public async Task A_403_names_them_with_the_path_s_entity(string method, string target, string expected)
    {
        var token = await Host.Data.UserTokenAsync($"poor-{Guid.NewGuid():N}", "read:users:name!user");
        foreach (var credential in new[] { token, null })
        {
            using var answer = await Host.SendAsync(method, target, credential);
            if (credential is not null && target.Contains("/users/ada", StringComparison.Ordinal) && method == "GET")
            {
                // One of the scopes is held for somebody else: whether ada exists is not told.
                await answer.ApiErrorAsync(404);
            }
            else
            {
                await answer.ApiErrorAsync(403);
            }

            Assert.Equal(expected, answer.Header(RequiredScopes.HeaderName));
        }
    }

    [Fact]
    public async Task A_masked_404_is_the_same_whether_the_entity_exists_or_not()
    {
        await Host.Data.UserAsync("there");
        var token = await Host.Data.UserTokenAsync("seeker", "read:users!user");
        using var hidden = await Host.SendAsync("GET", "/hub/api/users/there", token);
        using var missing = await Host.SendAsync("GET", "/hub/api/users/absent", token);

        Assert.Equal(await hidden.ApiErrorAsync(404), await missing.ApiErrorAsync(404));
        Assert.Equal(hidden.Header(RequiredScopes.HeaderName), missing.Header(RequiredScopes.HeaderName)!.Replace("absent", "there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_scopes_did_not_cause_does_not_ask_for_any()
    {
        using var anonymous = await Host.SendAsync("GET", "/hub/api/user");
        using var unknownPath = await Host.SendAsync("GET", "/hub/api/nothing");
        var token = await Host.Data.ServiceTokenAsync("reader", "read:users");
        using var unknownUser = await Host.SendAsync("GET", "/hub/api/users/absent", token);

        Assert.Equal([403, 404, 404], new[] { anonymous, unknownPath, unknownUser }.Select(answer => (int)answer.StatusCode));
        Assert.All([anonymous, unknownPath, unknownUser], answer => Assert.Null(answer.Header(RequiredScopes.HeaderName)));
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_not_repeated()
    {
        using var answer = await Host.SendAsync("GET", $"/hub/api/users/{new string('a', 3000)}");
        Assert.Equal(403, (int)answer.StatusCode);
        Assert.StartsWith("read:users, ", answer.Header(RequiredScopes.HeaderName), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin:users!user=x", "admin:users!user=x")]
    [InlineData("admin:users!user=x,y z\r\nSet-Cookie: a", "admin:users!user=x%2Cy%20z%0D%0ASet-Cookie:%20a")]
    [InlineData("admin:users!user=é\u007f", "admin:users!user=%C3%A9%7F")]
    public void Names_that_handlers_give_cannot_break_the_header(string scope, string expected)
    {
        var response = new Microsoft.AspNetCore.Http.DefaultHttpContext().Response;
        RequiredScopes.Show(response, 403, new HubHttpException(403, "no") { RequiredScopes = [scope, "users!user=" + new string('x', 5000)] });
        Assert.Equal($"{expected}, users", response.Headers[RequiredScopes.HeaderName]);
    }

    [Fact]
    public void Half_a_character_is_replaced()
    {
        var response = new Microsoft.AspNetCore.Http.DefaultHttpContext().Response;
        RequiredScopes.Show(response, 404, new HubHttpException(404, "no") { RequiredScopes = ["users!user=" + (char)0xd800] });
        Assert.Equal("users!user=%EF%BF%BD", response.Headers[RequiredScopes.HeaderName]);
    }

    [Fact]
    public async Task Pages_say_it_too()
    {
        var browser = await Host.SignInAsync("ada");
        using var answer = await browser.GetAsync("/hub/spawn/grace");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("servers!server=grace/", answer.Header(RequiredScopes.HeaderName));
    }
}
