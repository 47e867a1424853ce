using System.Text;
using JupyterHub.AspNetCore.Errors;

namespace JupyterHub.AspNetCore.Tests.Diagnostics;

/// <summary>The hub's metrics over HTTP (contract 13).</summary>
public sealed class MetricsApiTests(HubFixture hub) : IClassFixture<HubFixture>
{
    private HubHost Host => hub.Host;

    [Theory]
    [InlineData("/hub/metrics")]
    [InlineData("/hub/api/metrics")]
    public async Task They_are_shown_to_holders_of_the_scope_under_any_filter(string target)
    {
        foreach (var scope in new[] { "read:metrics", "read:metrics!user=nobody", "read:metrics!group=g" })
        {
            var token = await Host.Data.ServiceTokenAsync($"prometheus-{Guid.NewGuid():N}", scope);
            using var answer = await Host.SendAsync("GET", target, token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
            Assert.Contains("jupyterhub_total_users", MetricsPage.Parse(await answer.TextAsync()).Names);
        }

        var other = await Host.Data.ServiceTokenAsync($"other-{Guid.NewGuid():N}", "read:hub");
        using var refused = await Host.SendAsync("GET", target, other);
        using var anonymous = await Host.SendAsync("GET", target);
        Assert.All([refused, anonymous], answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.All([refused, anonymous], answer => Assert.Equal("read:metrics", answer.Header(RequiredScopes.HeaderName)));
        Assert.Contains("Access to metrics requires scope", await anonymous.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_signed_in_may_look_too()
    {
        var browser = await Host.SignInAsync("root");
        using var answer = await browser.GetAsync("/hub/metrics");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task They_are_open_where_the_hub_is_set_up_so()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = options => options.AuthenticatePrometheus = false);
        foreach (var target in new[] { "/hub/metrics", "/hub/api/metrics" })
        {
            using var answer = await host.SendAsync("GET", target);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task What_happens_is_counted()
    {
        await using var host = await HubHost.StartAsync();
        var token = await host.Data.ServiceTokenAsync("prometheus", "read:metrics");
        var before = await MetricsPage.FetchAsync(host, token);
        Assert.Equal(0, before["jupyterhub_running_servers"]);
        Assert.Equal(0, before["jupyterhub_server_spawn_duration_seconds_count{status=\"success\",reason=\"\"}"]);
        Assert.Equal(0, before["jupyterhub_server_spawn_duration_seconds_count{status=\"failure\",reason=\"too-many-users\"}"]);
        Assert.Equal(0, before["jupyterhub_csp_reports_total"]);
        Assert.Equal(1, before["jupyterhub_hub_startup_duration_seconds_count"]);
        Assert.DoesNotContain(before.Names, name => name.StartsWith("jupyterhub_login_duration", StringComparison.Ordinal));

        await host.SignInAsync("ada");
        using (await host.Browser().SignInAsync("ada", "wrong"))
        {
        }

        await host.StartServerAsync("ada");
        using (await host.SendAsync("BREW", "/hub/api/users/ada"))
        using (await host.SendAsync("GET", "/hub/api/users/ada"))
        {
        }

        // A request is counted when it is over for the hub, which it may be for its client before.
        await UntilCountedAsync(host, token, "method=\"other\",handler=\"unmatched\",code=\"405\"", 1);
        await UntilCountedAsync(host, token, "method=\"GET\",handler=\"/hub/api/users/{user}\",code=\"403\"", 1);
        var during = await MetricsPage.FetchAsync(host, token);
        Assert.Equal(1, during["jupyterhub_running_servers"]);
        Assert.Equal(before["jupyterhub_total_users"] + 1, during["jupyterhub_total_users"]);
        Assert.Equal(1, during["jupyterhub_server_spawn_duration_seconds_count{status=\"success\",reason=\"\"}"]);
        Assert.Equal(1, during["jupyterhub_login_duration_seconds_count{status=\"success\"}"]);
        Assert.Equal(1, during["jupyterhub_login_duration_seconds_count{status=\"failure\"}"]);
        Assert.Equal(1, during["jupyterhub_proxy_add_duration_seconds_count{status=\"success\"}"]);
        Assert.Equal(1, during["jupyterhub_request_duration_seconds_count{method=\"GET\",handler=\"/hub/api/users/{user}\",code=\"403\"}"]);
        Assert.Equal(1, during["jupyterhub_request_duration_seconds_count{method=\"other\",handler=\"unmatched\",code=\"405\"}"]);
        Assert.True(during.Sum("jupyterhub_server_poll_duration_seconds_count{status=\"running\"}") > 0);

        var admin = await host.Data.UserTokenAsync("root");
        using (await host.SendAsync("DELETE", "/hub/api/users/ada/server", admin))
        using (await host.SendAsync("POST", "/hub/api/proxy", admin))
        {
        }

        var after = await MetricsPage.FetchAsync(host, token);
        Assert.Equal(0, after["jupyterhub_running_servers"]);
        Assert.Equal(1, after["jupyterhub_server_stop_seconds_count{status=\"success\"}"]);
        Assert.Equal(1, after["jupyterhub_proxy_delete_duration_seconds_count{status=\"success\"}"]);

        // One was at the start.
        Assert.Equal(2, after["jupyterhub_check_routes_duration_seconds_count"]);
        Assert.True(after["jupyterhub_proxy_poll_duration_seconds_count"] >= 1);
        await Eventually.TrueAsync(async () => (await MetricsPage.FetchAsync(host, token))["jupyterhub_event_loop_interval_seconds_count"] > 0);
        await Eventually.TrueAsync(async () => (await MetricsPage.FetchAsync(host, token))["jupyterhub_active_users{period=\"24h\"}"] >= 0);
    }

    private static Task UntilCountedAsync(HubHost host, string token, string labels, int count) => Eventually.TrueAsync(
        $"{count} of {labels}", async () => (await MetricsPage.FetchAsync(host, token)).Sum($"jupyterhub_request_duration_seconds_count{{{labels}}}") >= count);

    [Fact]
    public async Task Failed_and_refused_starts_are_told_apart()
    {
        await using var host = await HubHost.StartAsync(setup =>
        {
            setup.Spawner = simple => simple.Command = ["false"];
            setup.Hub = options => options.ActiveServerLimit = 1;
        });
        var token = await host.Data.ServiceTokenAsync("prometheus", "read:metrics");
        var admin = await host.Data.UserTokenAsync("root");
        using var failed = await host.SendAsync("POST", "/hub/api/users/root/server", admin);
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);

        var page = await MetricsPage.FetchAsync(host, token);
        Assert.Equal(0, page["jupyterhub_running_servers"]);
        Assert.Equal(0, page.Sum("jupyterhub_server_spawn_duration_seconds_count{status=\"success\""));
        Assert.Equal(1, page["jupyterhub_server_spawn_duration_seconds_count{status=\"error\",reason=\"exited\"}"]);
    }

    [Fact]
    public async Task Paths_and_methods_that_strangers_make_up_make_no_series()
    {
        await using var host = await HubHost.StartAsync();
        var token = await host.Data.ServiceTokenAsync("prometheus", "read:metrics");
        for (var index = 0; index < 30; index++)
        {
            using (await host.SendAsync($"M{index}", $"/hub/api/no/{index}"))
            using (await host.SendAsync("GET", $"/hub/api/users/u{index}"))
            {
            }
        }

        await UntilCountedAsync(host, token, "method=\"other\",handler=\"unmatched\",code=\"404\"", 30);
        await UntilCountedAsync(host, token, "method=\"GET\",handler=\"/hub/api/users/{user}\",code=\"403\"", 30);
        var page = await MetricsPage.FetchAsync(host, token);
        Assert.Equal(30, page["jupyterhub_request_duration_seconds_count{method=\"other\",handler=\"unmatched\",code=\"404\"}"]);
        Assert.InRange(page.Names.Count(name => name.StartsWith("jupyterhub_request_duration_seconds_count", StringComparison.Ordinal)), 2, 4);
    }

    [Fact]
    public async Task Reports_of_browsers_are_counted_from_anonymous_pages_too()
    {
        await using var host = await HubHost.StartAsync();
        var token = await host.Data.ServiceTokenAsync("prometheus", "read:metrics");
        var browser = await host.SignInAsync("ada");
        using var report = new StringContent("""{"csp-report":{}}""", Encoding.UTF8, "application/csp-report");
        using var anonymous = await host.SendAsync("POST", "/hub/security/csp-report", null, report);
        using var signedIn = await browser.SendAsync("POST", "/hub/security/csp-report", null, ("Sec-Fetch-Site", "same-origin"), ("Origin", "null"));
        using var huge = await host.SendAsync("POST", "/hub/security/csp-report", null, new ByteArrayContent(new byte[70_000]));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.RequestEntityTooLarge], new[] { anonymous, signedIn, huge }.Select(answer => answer.StatusCode));
        Assert.All([anonymous, signedIn], answer => Assert.Null(answer.Header("Set-Cookie")));
        Assert.Equal(2, (await MetricsPage.FetchAsync(host, token))["jupyterhub_csp_reports_total"]);
    }
}
