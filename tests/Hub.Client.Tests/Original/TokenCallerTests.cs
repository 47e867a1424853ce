using System.Net;
using JupyterHub.Client.Tests.Fixtures;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;

namespace JupyterHub.Client.Tests.Original;

/// <summary>Programs bring a token of JupyterHub 3.0.0 in a header.</summary>
[Collection(OriginalServicesCollection.Name)]
public sealed class TokenCallerTests(OriginalServices services)
{
    [Theory]
    [InlineData("token")]
    [InlineData("Bearer")]
    public async Task A_token_of_somebody_who_may_enter_opens_the_service(string scheme)
    {
        var token = await TokenAsync("ada");

        var answer = await CallAsync(HttpMethod.Get, "me", $"{scheme} {token}");

        answer.MustBe(HttpStatusCode.OK);
        Assert.Contains($"{System.Security.Claims.ClaimTypes.Name} ada", answer.Body, StringComparison.Ordinal);
        Assert.Contains("jupyterhub:scope access:services", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token nobody-knows-this")]
    [InlineData("token")]
    [InlineData("Basic YWRhOnB3")]
    [InlineData("token a b")]
    public async Task Anything_else_is_refused_as_json_and_never_redirected(string header)
    {
        var answer = await CallAsync(HttpMethod.Get, "me", header, ("Accept", "text/html"), ("Sec-Fetch-Mode", "navigate"));

        answer.MustBe(HttpStatusCode.Forbidden);
        Assert.Equal(403, answer.Json["status"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_token_without_access_is_refused()
    {
        using var eve = await services.SignInAsync("eve");
        var token = await TokenAsync("eve");

        (await CallAsync(HttpMethod.Get, "me", $"token {token}")).MustBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_header_is_judged_without_the_cookie_beside_it()
    {
        using var ada = await services.SignInAsync("ada");
        (await ada.Browser.OpenAsync("/services/probe/me")).MustBe(HttpStatusCode.OK);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(services.Hub.Address, "/services/probe/me"));
        request.Headers.TryAddWithoutValidation("Authorization", "token wrong");
        request.Headers.TryAddWithoutValidation("Cookie", ada.Browser.Cookies.HeaderFor("/services/probe/me"));

        (await ada.Browser.SendAsync(request)).MustBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_revoked_token_is_noticed_within_the_caches_time()
    {
        var token = await services.Caller.Tokens.CreateAsync("ada", new() { Note = "to be revoked" });
        (await CallAsync(HttpMethod.Get, "me", $"token {token.Token}")).MustBe(HttpStatusCode.OK);

        await services.Caller.Tokens.RevokeAsync("ada", token.Id);

        await Eventually.TrueAsync("the token is refused", async () => (await CallAsync(HttpMethod.Get, "me", $"token {token.Token}")).Status == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_expired_token_is_noticed()
    {
        var token = (await services.Caller.Tokens.CreateAsync("ada", new() { ExpiresIn = 1 })).Token;

        await Eventually.TrueAsync("the token is refused", async () => (await CallAsync(HttpMethod.Get, "me", $"token {token}")).Status == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Endpoints_ask_for_scopes_with_and_without_filters()
    {
        var ada = await TokenAsync("ada");
        var root = await TokenAsync("root");

        (await CallAsync(HttpMethod.Get, "of/ada", $"token {ada}")).MustBe(HttpStatusCode.OK);
        (await CallAsync(HttpMethod.Get, "listing", $"token {ada}")).MustBe(HttpStatusCode.Forbidden);
        (await CallAsync(HttpMethod.Get, "listing", $"token {root}")).MustBe(HttpStatusCode.OK);
        (await CallAsync(HttpMethod.Get, "of/ada", $"token {root}")).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_program_may_change_things_without_an_xsrf_token() =>
        (await CallAsync(HttpMethod.Post, "change", $"token {await TokenAsync("ada")}")).MustBe(HttpStatusCode.OK);

    private async Task<string> TokenAsync(string user) => (await services.Caller.Tokens.CreateAsync(user, new() { Note = "test" })).Token;

    private async Task<Page> CallAsync(HttpMethod method, string path, string authorization, params (string Name, string Value)[] headers)
    {
        using var program = new Browser(services.Hub.Address);
        using var request = new HttpRequestMessage(method, new Uri(services.Hub.Address, "/services/probe/" + path));
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await program.SendAsync(request);
    }
}
