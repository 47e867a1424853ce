using JupyterHub.Core.Shares;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Advisories;

/// <summary>CVE-2026-40864 (GHSA-m68r-v472-jgq9) and CVE-2020-36191: pages of other sites, and of neighbours on the same machine, post in a visitor's name.</summary>
/// <remarks>
/// Neighbours are other ports and other addresses of 127.0.0.0/8, as browsers name them in Origin, and subdomains by name. That browsers really keep
/// the cookies of real subdomains apart needs names that resolve, which tests do not have.
/// </remarks>
public sealed class CrossSiteFormTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private static readonly string[] Origins =
        ["https://evil.example", "http://127.0.0.2:8000", "http://127.0.0.1:1", "http://ada.hub.example", "https://hub.example.evil.example", "null", ""];

    private HubHost Host => fixture.Host;

    public static TheoryData<string?, string?, string?> Fetches
    {
        get
        {
            var data = new TheoryData<string?, string?, string?>();
            foreach (var site in new[] { null, "same-origin", "same-site", "cross-site", "none" })
            {
                foreach (var (mode, destination) in new[] { (null, null), ("navigate", "document"), ("navigate", "iframe"), ("no-cors", "empty"), ("no-cors", "image"), ("cors", "empty"), ("same-origin", "empty") })
                {
                    data.Add(site, mode, destination);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Fetches))]
    public async Task CVE_2026_40864_forms_without_the_token_do_nothing(string? site, string? mode, string? destination)
    {
        var owner = await Host.Data.SpawnerAsync($"owner{Guid.NewGuid():N}", "lab");
        var code = Guid.NewGuid().ToString("N");
        await Host.Data.AddAsync(new ShareCode { Hashed = TokenHash.Create(code), Prefix = code[..4], OwnerId = owner.UserId, SpawnerId = owner.Id, Scopes = [], ExpiresAt = DateTime.UtcNow.AddHours(1) });
        var name = $"lured{Guid.NewGuid():N}";
        var browser = await Host.SignInAsync(name);
        foreach (var origin in Origins)
        {
            var headers = Headers(site, mode, destination, origin);
            foreach (var (target, form) in new[] { ("/hub/accept-share", $"code={code}"), ($"/hub/accept-share?code={code}", "x=1"), ("/hub/spawn", "x=1"), ($"/hub/spawn/{name}", ""), ($"/hub/stop/{name}", "") })
            {
                using var content = new StringContent(form, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded");
                using var answer = await browser.SendAsync("POST", target, content, headers);
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{target} {site} {mode} {origin}: {answer.StatusCode}");
            }
        }

        var userId = (await Host.Data.UserAsync(name)).Id;
        Assert.DoesNotContain(await Host.Data.ListAsync<Share>(), share => share.UserId == userId);
        Assert.DoesNotContain(await Host.Data.ListAsync<Core.Servers.HubSpawner>(), spawner => spawner.UserId == userId);
    }

    [Fact]
    public async Task CVE_2026_40864_pictures_of_our_own_pages_still_come()
    {
        var browser = await Host.SignInAsync("pictured");
        foreach (var target in new[] { "/hub/logo", "/hub/static/hub.css", "/hub/api/user" })
        {
            using var answer = await browser.GetAsync(target, [.. Headers("same-origin", "no-cors", "image", "")]);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    /// <summary>A JSON body in a form's clothes, simple requests that need no preflight, and scripts: none moves the API with a cookie alone.</summary>
    [Theory]
    [MemberData(nameof(Fetches))]
    public async Task CVE_2020_36191_the_api_takes_no_cookie_from_another_site(string? site, string? mode, string? destination)
    {
        var name = $"driven{Guid.NewGuid():N}";
        var browser = await Host.SignInAsync(name);
        foreach (var origin in Origins)
        {
            foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", null })
            {
                foreach (var (method, target, body) in new[]
                {
                    ("POST", $"/hub/api/users/{name}/tokens", "{}"), ("POST", $"/hub/api/users/{name}/server", "{}"),
                    ("POST", $"/hub/api/users/{name}/activity", """{"last_activity": "2020-01-01T00:00:00Z"}"""), ("DELETE", $"/hub/api/users/{name}/sessions", ""),
                })
                {
                    var sent = type?.StartsWith("multipart", StringComparison.Ordinal) == true ? "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n" : body;
                    using var content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(sent));
                    content.Headers.Remove("Content-Type");
                    if (type is not null)
                    {
                        content.Headers.TryAddWithoutValidation("Content-Type", type);
                    }

                    using var answer = await browser.SendAsync(method, target, content, Headers(site, mode, destination, origin));
                    var isUnread = target.EndsWith("/tokens", StringComparison.Ordinal) && sent != body && answer.StatusCode == HttpStatusCode.BadRequest;
                    Assert.True(isUnread || answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {target} {site} {mode} {origin} {type}: {answer.StatusCode}");
                }
            }
        }

        using var still = await browser.GetAsync("/hub/api/user");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        var userId = (await Host.Data.UserAsync(name)).Id;
        Assert.DoesNotContain(await Host.Data.ListAsync<HubToken>(), token => token.UserId == userId);
        Assert.DoesNotContain(await Host.Data.ListAsync<Core.Servers.HubSpawner>(), spawner => spawner.UserId == userId);
    }

    private static (string, string)[] Headers(string? site, string? mode, string? destination, string origin) =>
    [
        .. new[] { ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", destination), ("Origin", origin.Length > 0 ? origin : null) }
            .Where(header => header.Item2 is not null)
            .Select(header => (header.Item1, header.Item2!)),
    ];
}
