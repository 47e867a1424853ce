using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>The operator's own title, logo, style sheets, links and footer.</summary>
public sealed class CustomPagesTests : IDisposable
{
    private const string Svg = """<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>""";

    private readonly TestFolder files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Everything_that_is_set_is_shown_on_every_page()
    {
        await using var host = await StartAsync(hub =>
        {
            hub.Pages.Title = "Physics & Co";
            hub.Pages.Links["Help"] = "https://help.example/?a=1&b=2";
            hub.Pages.Footer = "Run by [physics](https://physics.example/)";
            hub.Pages.FooterLinks["Imprint"] = "/imprint";
            hub.LogoFile = Write("logo.svg", Svg);
            hub.Pages.StyleSheets.Add(Write("site.css", "h1 { color: teal }"));
        });
        var browser = await host.SignInAsync("ada");
        foreach (var (visitor, target) in new[] { (host.Browser(), "/hub/login"), (browser, "/hub/home"), (browser, "/hub/nothing"), (host.Browser(), "/hub/error/503") })
        {
            using var answer = await visitor.GetAsync(target);
            var page = await answer.TextAsync();
            Assert.Contains(" · Physics &amp; Co</title>", page, StringComparison.Ordinal);
            Assert.Contains("<a href=\"https://help.example/?a=1&amp;b=2\"><bdi>Help</bdi></a>", page, StringComparison.Ordinal);
            Assert.Contains("<a href=\"https://physics.example/\" rel=\"noopener noreferrer\">physics</a>", page, StringComparison.Ordinal);
            Assert.Contains("<a href=\"/imprint\"><bdi>Imprint</bdi></a>", page, StringComparison.Ordinal);
            Assert.Matches("<link rel=\"icon\" href=\"/hub/logo\\?v=[0-9a-f]{16}\">", page);
            Assert.Matches("hub.css[^>]*>\\s*<link rel=\"stylesheet\" href=\"/hub/custom/0.css\\?v=[0-9a-f]{16}\">", page);
        }
    }

    [Fact]
    public async Task No_script_in_a_logo_can_run()
    {
        await using var host = await StartAsync(hub => hub.LogoFile = Write("logo.SVG", Svg));
        foreach (var target in new[] { "/hub/logo", "/favicon.ico" })
        {
            using var answer = await host.SendAsync("GET", target);
            Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal(Svg, await answer.TextAsync());
            var policy = answer.Header("Content-Security-Policy")!;
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("sandbox", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        }
    }

    [Theory]
    [InlineData("logo.png", "image/png")]
    [InlineData("logo.jpeg", "image/jpeg")]
    [InlineData("logo.webp", "image/webp")]
    [InlineData("logo.gif", "image/gif")]
    [InlineData("logo.ico", "image/vnd.microsoft.icon")]
    public async Task Pictures_have_their_types_and_answer_HEAD(string name, string type)
    {
        await using var host = await StartAsync(hub => hub.LogoFile = Write(name, "not really a picture"));
        using var head = await host.SendAsync("HEAD", "/hub/logo");
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal((type, 20L), (head.Content.Headers.ContentType?.MediaType, head.Content.Headers.ContentLength));
        Assert.Empty(await head.TextAsync());
        using var get = await host.SendAsync("GET", "/hub/logo");
        Assert.Equal("not really a picture", await get.TextAsync());
        Assert.Null(get.Header("Set-Cookie"));
    }

    [Fact]
    public async Task Without_settings_the_hub_shows_its_own()
    {
        await using var host = await HubHost.StartAsync();
        using var logo = await host.SendAsync("HEAD", "/hub/logo");
        Assert.Equal("image/svg+xml", logo.Content.Headers.ContentType?.MediaType);
        using var sheet = await host.SendAsync("GET", "/hub/custom/0.css");
        Assert.Equal(HttpStatusCode.NotFound, sheet.StatusCode);
        using var page = await host.SendAsync("GET", "/hub/login");
        var text = await page.TextAsync();
        Assert.Contains(" · JupyterHub</title>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<footer", text, StringComparison.Ordinal);
        Assert.DoesNotContain("announcement", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/custom/", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/hub/custom/1.css")]
    [InlineData("/hub/custom/-1.css")]
    [InlineData("/hub/custom/+0.css")]
    [InlineData("/hub/custom/0")]
    [InlineData("/hub/custom/0.css/")]
    [InlineData("/hub/custom/99999999999.css")]
    [InlineData("/hub/custom/%2e%2e%2fhub.json")]
    public async Task Only_the_files_that_are_named_are_served(string target)
    {
        await using var host = await StartAsync(hub => hub.Pages.StyleSheets.Add(Write("site.css", "p{}")));
        using var found = await host.SendAsync("GET", "/hub/custom/0.css");
        Assert.Equal("text/css", found.Content.Headers.ContentType?.MediaType);
        using var answer = await host.SendAsync("GET", target);
        Assert.Contains((int)answer.StatusCode, new[] { 400, 404 });
    }

    [Fact]
    public async Task Files_that_cannot_be_served_stop_the_start()
    {
        var large = Write("large.png", new string('x', (512 * 1024) + 1));
        var missing = await Assert.ThrowsAsync<HubStartupException>(() => StartAsync(hub => hub.LogoFile = files.Combine("none.svg")));
        Assert.StartsWith("JupyterHub:LogoFile names the file \"", missing.Message, StringComparison.Ordinal);
        var larger = await Assert.ThrowsAsync<HubStartupException>(() => StartAsync(hub => hub.LogoFile = large));
        Assert.StartsWith("JupyterHub:LogoFile names a file of more than 512 kB", larger.Message, StringComparison.Ordinal);
        var sheet = await Assert.ThrowsAsync<HubStartupException>(() => StartAsync(hub => hub.Pages.StyleSheets.Add(files.Combine("none.css"))));
        Assert.StartsWith("JupyterHub:Pages:StyleSheets:0 names the file \"", sheet.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_of_the_operator_are_text()
    {
        foreach (var text in HostileTexts.All)
        {
            await using var host = await StartAsync(hub =>
            {
                hub.Pages.Title = text;
                hub.Pages.Footer = text;
                hub.Pages.Contact = text;
                hub.Announcement = text;
                hub.Pages.Links[text.Length > 60 ? text[..60] : text] = "/x";
                hub.TemplateVars["anything"] = text;
            });
            foreach (var target in new[] { "/hub/login", "/hub/error/503" })
            {
                using var answer = await host.SendAsync("GET", target);
                HostileTexts.AssertHarmless(await answer.TextAsync());
            }
        }
    }

    private static Task<HubHost> StartAsync(Action<JupyterHubOptions> configure) => HubHost.StartAsync(setup => setup.Hub = configure);

    private string Write(string name, string content)
    {
        var path = files.Combine(name);
        File.WriteAllText(path, content);
        return path;
    }
}
