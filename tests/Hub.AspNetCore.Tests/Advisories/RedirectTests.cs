namespace JupyterHub.AspNetCore.Tests.Advisories;

/// <summary>
/// CVE-2026-33709 (GHSA-3vff-hjqv-m7h8), CVE-2019-10255: whatever a link says, the answer leads to a path of this host, as browsers read it.
/// Also under other names and schemes of the hub: neighbours on 127.0.0.x and other ports, subdomains in the Host header, a proxy in front.
/// </summary>
public sealed class RedirectTests : IAsyncLifetime
{
    private HubHost host = null!;
    private HubBrowser signedIn = null!;

    public static TheoryData<string> Hosts => ["127.0.0.1:{port}", "127.0.0.2:9999", "hub.example", "HUB.example:443", "ada.hub.example", "[::1]:8000", "xn--bcher-kva.example"];

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.TrustedDownstreamIps.Add("127.0.0.1"));
        signedIn = await host.SignInAsync("ada");
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Hosts))]
    public Task CVE_2026_33709_every_redirect_stays_on_this_host(string name) => AssertStaysAsync(name, "http");

    [Theory]
    [MemberData(nameof(Hosts))]
    public Task CVE_2019_10255_every_redirect_stays_on_this_host_behind_a_proxy_with_https(string name) => AssertStaysAsync(name, "https");

    private async Task AssertStaysAsync(string name, string scheme)
    {
        var authority = name.Replace("{port}", $"{host.Url.Port}", StringComparison.Ordinal);
        var here = new Uri($"{scheme}://{authority}/hub/login");
        var followed = 0;
        foreach (var next in Corpus(scheme, authority).Concat(Corpus(scheme, authority.ToUpperInvariant())))
        {
            foreach (var target in new[] { $"/hub/login?next={Uri.EscapeDataString(next)}", $"/hub/?next={Uri.EscapeDataString(next)}", $"/hub/login?next=/x&next={Uri.EscapeDataString(next)}" })
            {
                using var answer = await signedIn.GetAsync(target, ("Host", authority), ("X-Forwarded-Proto", scheme));
                var location = answer.Location();
                Assert.True(location is not null, $"{target}: {(int)answer.StatusCode}");

                // As a browser reads it, after the tabs and line ends that it drops, and with backslashes for slashes.
                var read = location.Replace("\t", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace('\\', '/');
                var landed = new Uri(here, read);
                Assert.True(
                    landed.Scheme == here.Scheme && landed.Authority == here.Authority && read.StartsWith('/') && !read.StartsWith("//", StringComparison.Ordinal) && location.All(character => character is > ' ' and < '\u007f'),
                    $"{next} at {authority} leads to {location}");
                followed += location == "/hub/spawn" ? 0 : 1;
            }
        }

        // Not everything is thrown away: links to this host are followed.
        Assert.InRange(followed, 10, int.MaxValue);
    }

    private static IEnumerable<string> Corpus(string scheme, string authority)
    {
        var own = $"{scheme}://{authority}";
        string[] evil = ["evil.example", "evil.example:80", "user@evil.example", "127.0.0.3:81", "[::2]", "%65vil.example", "evil。example"];
        string[] starts = ["/", "//", "///", "////", "/\\", "\\/", "\\\\", "/\t/", "/\n/", "\t//", " //", "/%09/", "/%2f", "%2f%2f", "/%5c", "/./", "/.//", "/..//", ";//", "?//", "#//"];
        string[] schemes = ["http:", "https:", "HTTP://", "hTTps:///", "javascript:", "data:text/html,", "vbscript:", "ftp://", "file:///", "blob:", "\u0001javascript:", "java\tscript:"];
        string[] aroundOwn = ["//", "///", "/\\", "@", ".", ":", "%2f%2f", "\\@", "#@", "?@", "/..//", "/\t/", "", "/hub/home", "/user/ada/?a=//b"];
        return
        [
            .. starts.SelectMany(start => evil.Select(bad => start + bad)),
            .. schemes.SelectMany(start => evil.Select(bad => start + bad)),
            .. aroundOwn.SelectMany(middle => evil.Select(bad => own + middle + bad)),
            .. aroundOwn.Select(middle => own + middle),
            own.Replace("://", "://user@", StringComparison.Ordinal), own.Replace("://", ":/", StringComparison.Ordinal), own.Replace("://", ":", StringComparison.Ordinal), $"//{authority}//evil.example",
            "/hub/home\r\nLocation: https://evil.example", "/hub/home\r\nSet-Cookie: a=b", "/\u2028/evil.example", "/ü", "/\ud83d\ude00", "\0//evil.example", "//[bad", "//", "///", "", " ",
        ];
    }
}
