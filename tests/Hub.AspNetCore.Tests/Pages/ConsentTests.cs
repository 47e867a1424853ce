using JupyterHub.Core.OAuth;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>The consent page over HTTP: what it says, and where its two buttons lead (contract 6.3, 6.4).</summary>
public sealed class ConsentTests : IAsyncLifetime
{
    private const string Address = "/hub/api/oauth2/authorize?client_id=service-app&response_type=code&state=s%26t";

    private HubHost host = null!;

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync();
        await host.Data.AddAsync(new OAuthClient
        {
            Identifier = "service-app", Description = "<script>alert('client')</script>", Secret = TokenHash.Create("secret-of-the-client"),
            RedirectUri = "/services/app/oauth_callback", AllowedScopes = ["read:servers!user", "access:services!service=app"],
        });
        await host.Data.AddAsync(new HubService { Name = "app", OAuthClientId = "service-app" });
        await host.Data.GrantAsync("ada", "access:services!service=app");
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task The_page_says_who_asks_for_what_and_who_is_asked()
    {
        var browser = await host.SignInAsync("ada");
        using var answer = await browser.GetAsync(Address);
        var page = await answer.TextAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert", page, StringComparison.Ordinal);
        Assert.Contains("/services/app/oauth_callback", page, StringComparison.Ordinal);
        Assert.Contains("<bdi id=\"visitor\">ada</bdi>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"other-host\"", page, StringComparison.Ordinal);
        Assert.Contains("Only for your servers.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_agree_sends_the_client_a_refusal_and_no_code()
    {
        var browser = await host.SignInAsync("ada");
        using var answer = await browser.SubmitAsync(Address, ("deny", "yes"), ("scopes", "read:servers!user"));
        Assert.Equal("/services/app/oauth_callback?error=access_denied&state=s%26t", answer.Location());
        Assert.Empty(await host.Data.ListAsync<OAuthCode>());
    }

    [Theory]
    [InlineData("/hub/api/oauth2/authorize?client_id=nobody&response_type=code&redirect_uri=https%3A%2F%2Fevil.example")]
    [InlineData("/hub/api/oauth2/authorize?client_id=service-app&response_type=code&redirect_uri=https%3A%2F%2Fevil.example")]
    [InlineData("/hub/api/oauth2/authorize?response_type=code&redirect_uri=%2F%2Fevil.example")]
    public async Task A_refusal_goes_nowhere_but_to_the_client(string target)
    {
        var browser = await host.SignInAsync("ada");
        using var answer = await browser.SubmitAsync(target, ("deny", "yes"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Location());
    }

    [Fact]
    public async Task A_refusal_needs_the_sessions_token()
    {
        var browser = await host.SignInAsync("ada");
        using var forged = await browser.PostFormAsync(Address, ("deny", "yes"));
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        using var anonymous = await host.Browser().PostFormAsync(Address, ("deny", "yes"));
        Assert.Equal(HttpStatusCode.Forbidden, anonymous.StatusCode);
    }
}
