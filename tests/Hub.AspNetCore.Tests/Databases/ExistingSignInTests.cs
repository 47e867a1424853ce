using System.Text.Json.Nodes;
using JupyterHub.Core.Configuration;

namespace JupyterHub.AspNetCore.Tests.Databases;

/// <summary>
/// A browser that signed in at the original stays signed in here, with the same secret and database. The databases are recorded ones of the original,
/// brought to its newest revision by itself; the cookies are signed by Debian's web framework, which the original signs with.
/// </summary>
public sealed class ExistingSignInTests
{
    private const string Secret = "5ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2";

    [Theory]
    [InlineData("3.0.0")]
    [InlineData("5.5.1")]
    [InlineData("6.0.0b2")]
    public async Task A_browser_of_the_original_stays_signed_in(string version)
    {
        using var folder = new TestFolder();
        var file = folder.Combine("brought-along.sqlite");
        File.Copy(Repository.Data("databases", $"{version}.upgraded-6.0.0b2.sqlite"), file);
        var users = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Data("databases", $"{version}.json")))!["users"]!.AsArray();
        await using var hub = await HubHost.StartAsync(setup => setup.Hub = options =>
        {
            options.Database.ConnectionString = $"Data Source={file}";
            options.CookieSecret = new HubSecret(Secret);
        });
        Assert.True(users.Count > 3);
        foreach (var user in users.Select(user => user!.AsObject()))
        {
            var browser = hub.Browser();
            browser.SetCookie("jupyterhub-hub-login", await Tornado.SignAsync(Secret, "jupyterhub-hub-login", (string)user["cookie_id"]!), "/hub/");
            using var self = await browser.GetAsync("/hub/api/user");
            Assert.Equal(HttpStatusCode.OK, self.StatusCode);
            Assert.Equal((string)user["name"]!, (string)(await self.JsonAsync())["name"]!);
            Assert.DoesNotContain(SetCookie.Of(self), cookie => cookie.Name == "jupyterhub-hub-login");

            // It is a sign-in like any other: it can be signed out.
            var copy = browser.Copy();
            using var left = await browser.GetAsync("/hub/logout");
            using var refused = await copy.GetAsync("/hub/api/user");
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }
}
