using System.Net;
using JupyterHub.Client.Tests.Fixtures;
using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.Client.Tests.Original;

/// <summary>Pages elsewhere make the browser of somebody who is signed in send requests.</summary>
[Collection(OriginalServicesCollection.Name)]
public sealed class CrossSiteTests(OriginalServices services) : IAsyncLifetime
{
    private HubVisitor ada = null!;

    private string Own => services.Hub.Address.GetLeftPart(UriPartial.Authority);

    public async Task InitializeAsync()
    {
        ada = await services.SignInAsync("ada");
        (await ada.Browser.OpenAsync("/services/probe/me")).MustBe(HttpStatusCode.OK);
    }

    public Task DisposeAsync()
    {
        ada.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("same-origin", null)]
    [InlineData(null, "own")]
    [InlineData("same-origin", "own")]
    public async Task A_page_of_the_service_changes_things_with_its_token(string? site, string? origin)
    {
        (await PostAsync(site, origin, await TokenAsync())).MustBe(HttpStatusCode.OK);
        (await PostAsync(site, origin, ada.Browser.Cookies.Find("/services/probe/", "service-probe-xsrf")!.Value)).MustBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", "own")]
    [InlineData("none", null)]
    [InlineData(null, "http://evil.example")]
    [InlineData("same-origin", "http://evil.example")]
    [InlineData("same-origin", "null")]
    [InlineData(null, null)]
    public async Task Another_site_changes_nothing_even_with_the_token(string? site, string? origin) =>
        (await PostAsync(site, origin, await TokenAsync())).MustBe(HttpStatusCode.Forbidden);

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task A_page_of_another_server_on_the_same_host_changes_nothing(string? token)
    {
        var answer = await PostAsync("same-origin", "own", token);

        answer.MustBe(HttpStatusCode.Forbidden);
        Assert.Contains("X-XSRFToken", answer.Json["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_brings_the_token_in_a_field()
    {
        (await ada.Browser.SubmitOnceAsync("/services/probe/change", ("_xsrf", await TokenAsync()))).MustBe(HttpStatusCode.OK);
        (await ada.Browser.SubmitOnceAsync("/services/probe/change", ("other", "x"))).MustBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_token_of_another_sign_in_is_wrong()
    {
        var before = await TokenAsync();
        await ada.SignOutAsync();
        await ada.MustSignInAsync();
        (await ada.Browser.OpenAsync("/services/probe/me")).MustBe(HttpStatusCode.OK);

        (await PostAsync("same-origin", "own", before)).MustBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("cors")]
    [InlineData("no-cors")]
    [InlineData("websocket")]
    public async Task Only_a_person_who_opens_a_page_is_sent_to_sign_in(string mode)
    {
        using var stranger = new Browser(services.Hub.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(services.Hub.Address, "/services/probe/me"));
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", mode);

        var answer = await stranger.SendAsync(request);

        answer.MustBe(HttpStatusCode.Forbidden);
        Assert.Equal(403, answer.Json["status"]!.GetValue<int>());
    }

    private async Task<string> TokenAsync() => (await ada.Browser.CallAsync(HttpMethod.Get, "/services/probe/xsrf")).Body;

    private async Task<Page> PostAsync(string? site, string? origin, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(services.Hub.Address, "/services/probe/change"));
        Add(request, "Sec-Fetch-Site", site);
        Add(request, "Origin", origin == "own" ? Own : origin);
        Add(request, "X-XSRFToken", token);
        return await ada.Browser.SendAsync(request);
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
