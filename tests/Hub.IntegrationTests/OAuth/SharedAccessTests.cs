using JupyterHub.Testing;
using System.Net;
using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.IntegrationTests.OAuth;

/// <summary>Somebody else at a real notebook server: refused, admitted in each way there is, and refused again while its page is open.</summary>
public sealed class SharedAccessTests : IAsyncLifetime
{
    private HubProcess hub = null!;
    private HubVisitor ada = null!;
    private HubVisitor admin = null!;

    public async Task InitializeAsync()
    {
        hub = await HubProcess.StartNewAsync(hub =>
        {
            // How long the server believes what the hub said about a visitor; five minutes unless it is told otherwise.
            hub.Spawner["Command"] = new JsonArray("jupyterhub-singleuser");
            hub.Spawner["Args"] = new JsonArray([.. Environment.IsPrivilegedProcess ? ["--allow-root"] : Array.Empty<string>(), "--HubOAuth.cache_max_age=1"]);
            hub.Settings["LoadGroups"] = new JsonObject { ["owners"] = new JsonArray("ada"), ["friends"] = new JsonArray("friend") };
        });
        ada = new HubVisitor(hub, "ada");
        admin = new HubVisitor(hub, "admin");
        try
        {
            await ada.MustSignInAsync();
            await ada.StartAndWaitAsync();
            (await admin.SignInAsync(HubProcess.AdminPasswordText)).MustBe(HttpStatusCode.Found);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        ada.Dispose();
        admin.Dispose();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task Another_user_gets_in_by_each_kind_of_grant_and_only_as_long_as_it_lasts()
    {
        foreach (var (name, method, path, body, taken) in new[]
        {
            Role("one", "access:servers!server=ada/"), Role("two", "access:servers!user=ada"), Role("three", "access:servers!group=owners"),
            ("four", HttpMethod.Post, "shares/ada/", """{"user": "four"}""", "PATCH shares/ada/ {\"user\": \"four\"}"),
            ("friend", HttpMethod.Post, "shares/ada/", """{"group": "friends"}""", "PATCH shares/ada/ {\"group\": \"friends\"}"),
        })
        {
            using var visitor = new HubVisitor(hub, name);
            await visitor.MustSignInAsync();
            var refused = await visitor.Browser.OpenAsync("/user/ada/");
            refused.MustBe(HttpStatusCode.Forbidden);
            Assert.Contains("You do not have permission to access", refused.Body, StringComparison.Ordinal);

            await AskAsync(method, path, body);
            await EnterAsync(visitor);
            (await visitor.Browser.OpenOnceAsync("/user/ada/tree")).MustBe(HttpStatusCode.OK);

            var take = taken.Split(' ', 3);
            await AskAsync(new HttpMethod(take[0]), take[1], take.ElementAtOrDefault(2));
            await Eventually.TrueAsync(
                $"{name} is out of the open page", async () => (await visitor.Browser.OpenOnceAsync("/user/ada/tree")).Status == HttpStatusCode.Forbidden);
            (await visitor.Browser.CallAsync(HttpMethod.Get, "/user/ada/api/contents")).MustBe(HttpStatusCode.Forbidden);

            // A new visit does not get around it, and the owner never noticed anything.
            using var again = new HubVisitor(hub, name);
            await again.MustSignInAsync();
            (await again.Browser.OpenAsync("/user/ada/")).MustBe(HttpStatusCode.Forbidden);
        }

        (await ada.Browser.OpenAsync("/user/ada/tree")).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_out_everywhere_closes_open_pages_in_every_browser()
    {
        using var second = new HubVisitor(hub, "ada");
        await second.MustSignInAsync();
        foreach (var visitor in new[] { ada, second })
        {
            (await visitor.Browser.OpenAsync("/user/ada/tree")).MustBe(HttpStatusCode.OK);
        }

        (await second.Browser.CallAsync(HttpMethod.Delete, "/hub/api/users/ada/sessions")).MustBe(HttpStatusCode.NoContent);

        foreach (var visitor in new[] { ada, second })
        {
            await Eventually.TrueAsync("the page asks to sign in again", async () => (await visitor.Browser.OpenAsync("/user/ada/tree")).Address.AbsolutePath == "/hub/login");
        }

        Assert.NotEmpty(hub.Servers());
    }

    [Fact]
    public async Task A_server_believes_neither_a_forged_state_nor_a_forged_cookie_nor_somebody_elses_code()
    {
        (await ada.Browser.OpenAsync("/user/ada/tree")).MustBe(HttpStatusCode.OK);
        using var mallory = new HubVisitor(hub, "mallory");
        await mallory.MustSignInAsync();
        foreach (var path in new[] { "oauth_callback?code=x&state=guess", "oauth_callback?code=x", "oauth_callback?state=guess", "oauth_callback" })
        {
            var page = await mallory.Browser.OpenOnceAsync("/user/ada/" + path);

            // Version 3.0.0 stumbles over a callback without state; it lets nobody in either.
            Assert.True((int)page.Status >= 400, $"{path}: {page.Status}");
            Assert.Null(mallory.Browser.Cookies.Find("/user/ada/", "jupyterhub-user-ada"));
        }

        // A code of ada's, caught on the way, in the browser of somebody else: its state is not that browser's.
        using var victim = new HubVisitor(hub, "ada");
        await victim.MustSignInAsync();
        var begin = await victim.Browser.OpenOnceAsync("/user/ada/tree");
        var authorized = await victim.Browser.OpenOnceAsync(begin.Location!.PathAndQuery);
        Assert.Equal("/user/ada/oauth_callback", authorized.Location?.AbsolutePath);
        var stolen = await mallory.Browser.OpenOnceAsync(authorized.Location!.PathAndQuery);
        Assert.True(stolen.Status is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden, $"{stolen.Status}");
        Assert.Equal(HttpStatusCode.Found, (await victim.Browser.OpenOnceAsync(authorized.Location!.PathAndQuery)).Status);
        (await victim.Browser.OpenAsync("/user/ada/tree")).MustBe(HttpStatusCode.OK);

        var cookie = victim.Browser.Cookies.Find("/user/ada/", "jupyterhub-user-ada")!;
        foreach (var forged in new[] { cookie.Value[..^2] + "00\"", cookie.Value.Replace("jupyterhub-user-ada", "jupyterhub-user-adb", StringComparison.Ordinal), "x" })
        {
            using var thief = new Browser(hub.Address);
            thief.Cookies.Store($"jupyterhub-user-ada={forged}; Path=/user/ada/", "/user/ada/");
            var page = await thief.OpenOnceAsync("/user/ada/tree");
            Assert.Equal("/hub/api/oauth2/authorize", page.Location?.AbsolutePath);
        }
    }

    private static (string Name, HttpMethod Method, string Path, string Body, string Taken) Role(string name, string scope) =>
        (name, HttpMethod.Post, "roles", $$"""{"name": "visits-{{name}}", "scopes": ["{{scope}}"], "users": ["{{name}}"]}""", $"DELETE roles/visits-{name}");

    private async Task AskAsync(HttpMethod method, string path, string? body)
    {
        var answer = await admin.Browser.CallAsync(method, "/hub/api/" + path, body is null ? null : JsonNode.Parse(body));
        Assert.True((int)answer.Status is >= 200 and < 300, $"{method} {path}: {(int)answer.Status} {answer.Body}");
    }

    /// <summary>The server is somebody else's, so the hub asks the visitor whether it may know who comes.</summary>
    private static async Task EnterAsync(HubVisitor visitor)
    {
        var consent = await visitor.Browser.OpenAsync("/user/ada/");
        consent.MustBe(HttpStatusCode.OK);
        Assert.Equal("/hub/api/oauth2/authorize", consent.Address.AbsolutePath);
        var page = await visitor.Browser.SubmitAsync(consent.Address.PathAndQuery, [.. consent.Fields("scopes").Select(scope => ("scopes", scope)), ("_xsrf", consent.Field("_xsrf")!)]);
        page.MustBe(HttpStatusCode.OK);
        Assert.Equal("/user/ada/tree", page.Address.AbsolutePath.TrimEnd('/'));
    }
}
