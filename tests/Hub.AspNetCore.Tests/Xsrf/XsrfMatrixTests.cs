using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.AspNetCore.Xsrf;
using JupyterHub.Core.Addressing;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Tests.Xsrf;

/// <summary>Every combination of what browsers and programs send, against an oracle; all of it at the gate, and what real endpoints allow over HTTP.</summary>
public sealed class XsrfMatrixTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task CVE_2020_36191_the_gate_decides_on_every_combination_as_the_contract_says()
    {
        var (browser, token) = (await Host.SignInAsync("gated"), await Host.Data.UserTokenAsync("gated"));
        var anonymous = Host.Browser();
        using var form = await anonymous.GetAsync("/hub/login");
        var failures = new List<string>();
        var cases = XsrfCase.All().ToList();
        foreach (var tried in cases)
        {
            var right = (tried.Who == "cookie" ? browser : anonymous).Cookie("_xsrf")!;
            var request = Request(tried, browser, anonymous, token, right);
            var found = await RefusalAsync(request);
            if (found != XsrfOracle.Refusal(tried))
            {
                failures.Add($"{tried}: {found ?? "passed"}");
            }
        }

        Assert.Equal(2 * 7 * 3 * 5 * 6 * 4 * 3, cases.Count);
        Assert.True(failures.Count == 0, $"{failures.Count} of {cases.Count} differ:\n{string.Join('\n', failures.Take(20))}");
    }

    /// <summary>One endpoint of each kind that changes something only where the check let it pass.</summary>
    [Theory]
    [InlineData(true, "GET", "/hub/api/user")]
    [InlineData(true, "POST", "/hub/api/users/wired/activity")]
    [InlineData(true, "DELETE", "/hub/api/users/wired/tokens/a999999")]
    [InlineData(true, "PATCH", "/hub/api/users/wired")]
    [InlineData(false, "POST", "/hub/accept-share")]
    public async Task Real_endpoints_refuse_over_http_what_the_oracle_refuses(bool isApi, string method, string target)
    {
        var (browser, token) = (await Host.SignInAsync("wired"), await Host.Data.UserTokenAsync("wired"));
        var anonymous = Host.Browser();
        using var form = await anonymous.GetAsync("/hub/login");
        var failures = new List<string>();
        foreach (var tried in XsrfCase.All().Where(tried => tried.IsApi == isApi && tried.Method == method && (tried.Origin is null or "https://evil.example")))
        {
            var visitor = tried.Who == "cookie" ? browser.Copy() : anonymous.Copy();
            var headers = Headers(tried, visitor.Cookie("_xsrf")!, token).ToArray();
            using var answer = await visitor.SendAsync(method, target, null, headers);
            var text = await answer.TextAsync();
            var isRefused = text.Contains("_xsrf' argument", StringComparison.Ordinal) || text.Contains("_xsrf&#x27; argument", StringComparison.Ordinal)
                || text.Contains("XSRF cookie does not match", StringComparison.Ordinal);
            if (isRefused != XsrfOracle.Refusal(tried) is not null || (isRefused && answer.StatusCode != HttpStatusCode.Forbidden))
            {
                failures.Add($"{tried}: {(int)answer.StatusCode} {text[..Math.Min(120, text.Length)]}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} differ:\n{string.Join('\n', failures.Take(20))}");
    }

    private HubRequest Request(XsrfCase tried, HubBrowser browser, HubBrowser anonymous, string token, string right)
    {
        var http = new DefaultHttpContext { RequestServices = Host.App.Services };
        http.Request.Method = tried.Method;
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        http.Request.Headers.Cookie = (tried.Who == "cookie" ? browser : anonymous).CookieHeader("/hub/api/x");
        foreach (var (name, value) in Headers(tried, right, token))
        {
            http.Request.Headers[name] = value;
        }

        Assert.True(RequestTarget.TryParse(tried.IsApi ? "/hub/api/x" : "/hub/x", out var target, out _));
        var route = new HubRoute(tried.IsApi ? HubRouteKind.Api : HubRouteKind.Page, tried.Method, "x", _ => Task.CompletedTask);
        return new HubRequest(http, target, route, new RouteValues());
    }

    private static IEnumerable<(string Name, string Value)> Headers(XsrfCase tried, string right, string token)
    {
        (string Name, string? Value)[] headers =
        [
            ("Sec-Fetch-Site", tried.Site), ("Sec-Fetch-Mode", tried.Mode), ("Origin", tried.Origin),
            ("Authorization", tried.Who == "token" ? $"token {token}" : null),
            ("X-XSRFToken", tried.Submitted switch { "right" => right, "wrong" => "wrong", _ => null }),
        ];
        return headers.Where(header => header.Value is not null).Select(header => (header.Name, header.Value!));
    }

    private async Task<string?> RefusalAsync(HubRequest request)
    {
        await Host.Get<RequesterReader>().IdentifyAsync(request);
        try
        {
            await Host.Get<XsrfGate>().CheckAsync(request);
            return null;
        }
        catch (HubHttpException refused)
        {
            Assert.Equal(403, refused.Status);
            return refused.Message;
        }
    }
}
