using System.Net;
using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;

namespace JupyterHub.IntegrationTests.Services;

/// <summary>Services of other people's making, run by the hub: signing in, being kept out, tokens, signing out.</summary>
public sealed class RealServiceTests(ServicesHub hub) : IClassFixture<ServicesHub>
{
    [Theory]
    [InlineData("flask")]
    [InlineData("tornado")]
    [InlineData("fastapi")]
    public async Task A_visitor_with_access_signs_in_and_is_known_until_signing_out(string framework)
    {
        using var ada = await SignInAsync("ada");

        var page = await ada.Browser.OpenAsync(PathOf(framework));

        page.MustBe(HttpStatusCode.OK);
        Assert.Equal("ada", (string)page.Json["name"]!);
        Assert.Equal(framework, (string)page.Json["served_by"]!);
        (await ada.Browser.OpenOnceAsync(PathOf(framework))).MustBe(HttpStatusCode.OK);

        await ada.SignOutAsync();

        await Eventually.TrueAsync("the service notices", async () => (await ada.Browser.OpenOnceAsync(PathOf(framework))).Status == HttpStatusCode.Found);
        var login = await ada.Browser.OpenAsync(PathOf(framework));
        Assert.StartsWith("/hub/login", login.Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flask")]
    [InlineData("tornado")]
    [InlineData("fastapi")]
    public async Task A_visitor_without_access_is_refused(string framework)
    {
        using var ben = await SignInAsync("ben");

        var page = await ben.Browser.OpenAsync(PathOf(framework));

        page.MustBe(HttpStatusCode.Forbidden);
        Assert.DoesNotContain("served_by", page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flask")]
    [InlineData("tornado")]
    [InlineData("fastapi")]
    public async Task A_program_with_a_token_gets_what_its_owner_may(string framework)
    {
        using var ada = await SignInAsync("ada");
        using var ben = await SignInAsync("ben");

        var allowed = await ada.Browser.CallWithTokenAsync(HttpMethod.Get, PathOf(framework), await TokenAsync(ada));
        allowed.MustBe(HttpStatusCode.OK);
        Assert.Equal("ada", (string)allowed.Json["name"]!);
        (await ada.Browser.CallWithTokenAsync(HttpMethod.Get, PathOf(framework), await TokenAsync(ben))).MustBe(HttpStatusCode.Forbidden);
        Assert.NotEqual(HttpStatusCode.OK, (await ada.Browser.CallWithTokenAsync(HttpMethod.Get, PathOf(framework), new string('0', 32))).Status);
    }

    private static string PathOf(string framework) => $"/services/{framework}/";

    private async Task<HubVisitor> SignInAsync(string name)
    {
        var visitor = new HubVisitor(hub.Hub, name);
        await visitor.MustSignInAsync();
        await visitor.Browser.OpenAsync("/hub/token");
        return visitor;
    }

    private static async Task<string> TokenAsync(HubVisitor visitor)
    {
        var made = await visitor.Browser.CallAsync(HttpMethod.Post, $"/hub/api/users/{visitor.Name}/tokens", new JsonObject());
        made.MustBe(HttpStatusCode.Created);
        return (string)made.Json["token"]!;
    }
}
