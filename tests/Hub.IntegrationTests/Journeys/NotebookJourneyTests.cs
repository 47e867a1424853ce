using JupyterHub.Testing;
using System.Net;
using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.IntegrationTests.Journeys;

/// <summary>The main job, end to end, with the real <c>jupyterhub-singleuser</c>.</summary>
public sealed class NotebookJourneyTests
{
    [Fact]
    public async Task A_visitor_computes_across_a_crash_of_the_hub_stops_and_signs_out()
    {
        await using var hub = await HubProcess.StartNewAsync();
        using var visitor = new HubVisitor(hub, "ada");
        var kernel = await NotebookVisit.ComputeAsync(visitor);
        var server = hub.Servers();

        await hub.KillAsync();
        Assert.Equal(server, hub.Servers());
        await hub.StartAsync();

        // The same kernel: it still knows the variable, over the same cookies.
        await Eventually.TrueAsync("the restarted hub has found the server again", async () => (await visitor.ServerAsync())?["ready"]?.GetValue<bool>() == true);
        Assert.Equal("43", await kernel.ExecuteAsync("answer + 1"));
        Assert.Equal(server, hub.Servers());

        var held = new CookieJar(visitor.Browser.Cookies);
        var token = SignedCookies.TokenOf(held, visitor);
        Assert.Equal(HttpStatusCode.OK, await WhoAsync(visitor, token));

        var stopped = await visitor.StopAsync();
        Assert.True(stopped.Status is HttpStatusCode.NoContent or HttpStatusCode.Accepted, stopped.Body);
        await visitor.WaitUntilStoppedAsync();
        await Eventually.TrueAsync("its processes are gone", () => hub.Servers().Count == 0);

        await visitor.SignOutAsync();
        await AssertRefusedAsync(hub, held);
        Assert.Equal(HttpStatusCode.Forbidden, await WhoAsync(visitor, token));
        SecretsAssert.NotInLog(hub, held, token);
    }

    /// <summary>The proxy knows of activity by itself, so it is the call that is looked for.</summary>
    [Fact]
    public async Task The_real_server_reports_its_activity()
    {
        await using var hub = await HubProcess.StartNewAsync(hub => hub.Spawner["Environment"]!["JUPYTERHUB_ACTIVITY_INTERVAL"] = "1");
        using var visitor = new HubVisitor(hub, "ada");
        await visitor.MustSignInAsync();
        await visitor.StartAndWaitAsync();
        using var admin = new HubVisitor(hub, "admin");
        (await admin.SignInAsync(hub.AdminPassword)).MustBe(HttpStatusCode.Found);

        await Eventually.TrueAsync("the hub has taken reports of activity", async () =>
        {
            var metrics = await admin.Browser.OpenAsync("/hub/metrics");
            metrics.MustBe(HttpStatusCode.OK);
            var reports = metrics.Body.Split('\n').Where(line =>
                line.StartsWith("jupyterhub_request_duration_seconds_count{", StringComparison.Ordinal) && line.Contains("/activity\"", StringComparison.Ordinal)).ToList();
            Assert.All(reports, line => Assert.Contains("code=\"200\"", line, StringComparison.Ordinal));
            return reports.Count > 0;
        });
        Assert.NotNull((await visitor.ServerAsync())!["last_activity"]);
    }

    [Fact]
    public async Task Signing_out_revokes_what_a_running_server_gave_its_visitor()
    {
        await using var hub = await HubProcess.StartNewAsync();
        using var visitor = new HubVisitor(hub, "grace");
        await visitor.MustSignInAsync();
        await visitor.StartAndWaitAsync();
        await NotebookVisit.OpenNotebookAsync(visitor);
        var held = new CookieJar(visitor.Browser.Cookies);
        var token = SignedCookies.TokenOf(held, visitor);
        Assert.Equal(HttpStatusCode.OK, await WhoAsync(visitor, token));

        await visitor.SignOutAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await WhoAsync(visitor, token));
        await AssertRefusedAsync(hub, held);
        Assert.NotEmpty(hub.Servers());

        // Another sign-in finds the server still there.
        await visitor.MustSignInAsync();
        await NotebookVisit.OpenNotebookAsync(visitor);
    }

    private static async Task<HttpStatusCode> WhoAsync(HubVisitor visitor, string token) =>
        (await visitor.Browser.CallWithTokenAsync(HttpMethod.Get, "/hub/api/user", token)).Status;

    /// <summary>Cookies copied before the sign-out are worth nothing after it.</summary>
    private static async Task AssertRefusedAsync(HubProcess hub, CookieJar held)
    {
        using var thief = new Browser(hub.Address, held);
        var home = await thief.OpenOnceAsync("/hub/home");
        Assert.Equal(HttpStatusCode.Found, home.Status);
        Assert.Equal("/hub/login", home.Location?.AbsolutePath);
        var api = await thief.CallAsync(HttpMethod.Get, "/hub/api/user");
        Assert.Equal(HttpStatusCode.Forbidden, api.Status);
    }
}
