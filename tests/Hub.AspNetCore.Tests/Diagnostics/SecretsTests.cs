using System.Net.Sockets;
using JupyterHub.AspNetCore.Tests.OAuth;
using JupyterHub.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace JupyterHub.AspNetCore.Tests.Diagnostics;

/// <summary>A whole visit with everything logged that can be: no secret is in any line.</summary>
public sealed class SecretsTests
{
    [Fact]
    public async Task No_line_of_the_log_holds_a_secret()
    {
        var logs = new CapturedLogs();
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["password"] = HubHost.Password, ["wrong password"] = "wrong-password-of-ada" };
        await using (var host = await HubHost.StartAsync(setup =>
        {
            setup.Logs = logs;
            setup.Hub = hub => hub.BindUrl = $"http://127.0.0.1:{FreePort.Find()}";
            setup.LateServices = builder => builder.Services.AddJupyterHub().ListenOnBindUrl();
        }))
        {
            await VisitAsync(host, secrets);
            secrets["cookie secret"] = (await File.ReadAllTextAsync(Path.Combine(host.Folder, "data", "jupyterhub_cookie_secret"))).Trim();
            secrets["cookie id"] = (await host.Data.UserAsync("ada")).CookieId;
        }

        Assert.Contains(logs.Lines, line => line.Category.StartsWith("JupyterHub", StringComparison.Ordinal) && line.Text.Contains("ada", StringComparison.Ordinal));
        Assert.Contains(logs.Lines, line => line.Level == Microsoft.Extensions.Logging.LogLevel.Trace || line.Level == Microsoft.Extensions.Logging.LogLevel.Debug);
        foreach (var (kind, secret) in secrets)
        {
            Assert.True(secret.Length >= 8, $"The {kind} is too short to be looked for.");
            foreach (var spelling in new[] { secret, Uri.EscapeDataString(secret) }.Distinct())
            {
                var line = logs.Lines.FirstOrDefault(line => line.Text.Contains(spelling, StringComparison.Ordinal));
                Assert.True(line is null, $"The {kind} is in a line of {line?.Category} ({line?.EventId}): {line?.Text}");
            }
        }
    }

    private static async Task VisitAsync(HubHost host, Dictionary<string, string> secrets)
    {
        using var rejected = await host.Browser().SignInAsync("ada", secrets["wrong password"]);
        var browser = await host.SignInAsync("ada");
        Remember(browser, secrets, "first");
        var token = secrets["api token"] = await host.Data.UserTokenAsync("ada");
        using var bad = await host.SendAsync("GET", "/hub/api/user", secrets["unknown token"] = "0123456789abcdef0123456789abcdef");
        using var started = await browser.SubmitAsync("/hub/spawn/ada");
        using var progress = new EventReader(await browser.GetAsync($"/hub/api/users/ada/server/progress?_xsrf={browser.Cookie("_xsrf")}", ("Sec-Fetch-Mode", "cors")));
        await progress.RestAsync();
        using var environment = await host.SendAsync("GET", "/user/ada/env", token);
        var serverToken = secrets["server token"] = (string)(await environment.JsonAsync())["JUPYTERHUB_API_TOKEN"]!;

        using var authorized = await browser.GetAsync("/hub/api/oauth2/authorize?client_id=jupyterhub-user-ada&response_type=code&state=s");
        var code = secrets["code"] = QueryHelpers.ParseQuery(authorized.Location()!.Split('?')[1])["code"].ToString();
        using var callback = await browser.GetAsync(authorized.Location()!);
        using var refused = await OAuthFlowTests.ExchangeAsync(host, code, secrets["wrong client secret"] = "wrong-client-secret-0123456789", false);
        using var exchanged = await OAuthFlowTests.ExchangeAsync(host, code, serverToken, false);
        var accessToken = secrets["access token"] = (string)(await exchanged.JsonAsync())["access_token"]!;
        using var visit = await host.SendAsync("GET", $"/user/ada/x?token={accessToken}", accessToken);
        Assert.Equal(HttpStatusCode.OK, visit.StatusCode);

        using var forged = await browser.PostFormAsync("/hub/stop/ada", ("_xsrf", secrets["forged xsrf"] = "forged-token-0123456789"));
        using var stopped = await browser.SubmitAsync("/hub/stop/ada");
        using var gone = await host.SendAsync("GET", $"/user/ada/x?token={accessToken}", accessToken);
        using var left = await browser.GetAsync("/hub/logout");
        var again = await host.SignInAsync("ada");
        Remember(again, secrets, "second");
    }

    private static void Remember(HubBrowser browser, Dictionary<string, string> secrets, string which)
    {
        foreach (var name in new[] { "jupyterhub-hub-login", "jupyterhub-session-id", "_xsrf" })
        {
            secrets[$"{which} {name}"] = browser.Cookie(name)!;
        }
    }
}
