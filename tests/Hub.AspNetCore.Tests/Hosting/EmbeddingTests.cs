using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace JupyterHub.AspNetCore.Tests.Hosting;

/// <summary>A hub below /lab/ of another application changes nothing of it.</summary>
public sealed class EmbeddingTests(EmbeddingTests.Hosts hosts) : IClassFixture<EmbeddingTests.Hosts>
{
    public static TheoryData<string, string> HostTargets => new()
    {
        { "GET", "/data" }, { "GET", "/DATA/" }, { "GET", "/private" }, { "GET", "/hub" }, { "GET", "/hub/" }, { "GET", "/hub/login" }, { "GET", "/user/ada" },
        { "GET", "/user/ada/tree" }, { "GET", "/services/x" }, { "GET", "/" }, { "GET", "/lab" }, { "GET", "/lab/" }, { "GET", "/lab/anything" },
        { "GET", "/lab/nothing" }, { "GET", "/LAB/hub/login" }, { "GET", "/labs/hub/login" }, { "GET", "/lab//hub/login" }, { "GET", "/hello.txt" },
        { "GET", "/HostPage" }, { "GET", "/Login" }, { "GET", "/nothing" }, { "GET", "/%ff" },
        { "POST", "/data" }, { "POST", "/form" }, { "OPTIONS", "/data" }, { "HEAD", "/data" }, { "GET", "/lab%2Fhub/login" }, { "GET", "/a/../data" },
    };

    [Theory]
    [MemberData(nameof(HostTargets))]
    public async Task The_hosts_own_addresses_answer_as_without_a_hub(string method, string target)
    {
        var alone = await DescribeAsync(hosts.Alone, method, target);
        Assert.Equal(alone, await DescribeAsync(hosts.WithHub, method, target));
    }

    [Fact]
    public void The_hosts_options_are_as_without_a_hub()
    {
        Assert.Equal(Options(hosts.Alone), Options(hosts.WithHub));
    }

    [Fact]
    public async Task The_hosts_default_scheme_and_policies_are_as_without_a_hub()
    {
        foreach (var host in new[] { hosts.Alone, hosts.WithHub })
        {
            var schemes = host.Get<IAuthenticationSchemeProvider>();
            Assert.Equal(["Cookies"], (await schemes.GetAllSchemesAsync()).Select(scheme => scheme.Name));
            Assert.Equal("Cookies", (await schemes.GetDefaultChallengeSchemeAsync())!.Name);
            var policies = host.Get<IOptions<Microsoft.AspNetCore.Authorization.AuthorizationOptions>>().Value;
            Assert.NotNull(policies.FallbackPolicy);
            var cors = host.Get<IOptions<CorsOptions>>().Value;
            Assert.Equal(["https://friend.example"], cors.GetPolicy(cors.DefaultPolicyName)!.Origins);
        }
    }

    [Fact]
    public async Task The_hosts_sign_in_and_the_hubs_do_not_know_each_other()
    {
        var browser = hosts.WithHub.Browser();
        using var signIn = await browser.GetAsync("/sign-in");
        using var mine = await browser.GetAsync("/private");
        Assert.Equal("private to guest", await mine.TextAsync());
        using var home = await browser.GetAsync("/lab/hub/home");
        Assert.Equal("/lab/hub/login?next=%2Flab%2Fhub%2Fhome", home.Location());

        using var entered = await browser.SignInAsync("ada", basePath: "/lab/");
        Assert.Equal("/lab/hub/spawn", entered.Location());
        using var page = await browser.GetAsync("/lab/hub/home");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var still = await browser.GetAsync("/private");
        Assert.Equal("private to guest", await still.TextAsync());
    }

    [Fact]
    public async Task A_server_is_started_and_reached_below_the_base_path()
    {
        var browser = hosts.WithHub.Browser();
        using var entered = await browser.SignInAsync("grace", basePath: "/lab/");
        using var pending = await browser.GetAsync("/lab/hub/spawn");
        Assert.Equal("/lab/hub/spawn-pending/grace", pending.Location());
        var token = await hosts.WithHub.Data.UserTokenAsync("grace");
        await Eventually.TrueAsync(() => hosts.WithHub.Get<Core.Servers.ServerSupervisor>().GetStatus("grace", "").IsReady);
        using var ready = await browser.GetAsync("/lab/hub/spawn-pending/grace");
        Assert.Equal("/lab/user/grace/", ready.Location());
        using var echo = await hosts.WithHub.SendAsync("GET", "/lab/user/grace/x?y=%2F", token);
        Assert.Equal("/lab/user/grace/x?y=%2F", (string)(await echo.JsonAsync())["path"]!);
        using var model = await hosts.WithHub.SendAsync("GET", "/lab/hub/api/user", token);
        Assert.Equal("/lab/user/grace/", (string)(await model.JsonAsync())["server"]!);
        using var gone = await hosts.WithHub.SendAsync("GET", "/lab/user/nobody/x", token);
        Assert.Equal("/lab/hub/user/nobody/x", gone.Location());
    }

    [Fact]
    public async Task Cookies_of_the_hub_stay_below_its_base_path()
    {
        var browser = hosts.WithHub.Browser();
        using var entered = await browser.SignInAsync("ada", basePath: "/lab/");
        Assert.Equal(
            ["_xsrf /lab/hub/", "jupyterhub-hub-login /lab/hub/", "jupyterhub-session-id /lab/"],
            SetCookie.Of(entered).Select(cookie => $"{cookie.Name} {cookie.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_page_of_the_host_wins_over_the_hubs_page_of_that_name()
    {
        var browser = hosts.WithHub.Browser();
        using var entered = await browser.SignInAsync("edsger", basePath: "/lab/");
        using var page = await browser.GetAsync("/lab/hub/user/edsger/");
        Assert.Contains("The host's own words", await page.TextAsync(), StringComparison.Ordinal);
        using var login = await hosts.WithHub.SendAsync("GET", "/lab/hub/login");
        Assert.Contains("id=\"login_submit\"", await login.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/lab/hub/home?broken=once", "text/html", "The host's error page")]
    [InlineData("/lab/hub/home?broken=twice", "text/plain", "500 Internal Server Error")]
    public async Task A_page_that_throws_becomes_an_error_without_its_reasons(string target, string type, string text)
    {
        var browser = hosts.WithHub.Browser();
        using var entered = await browser.SignInAsync("barbara", basePath: "/lab/");
        using var page = await browser.GetAsync(target);
        var body = await page.TextAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        Assert.Equal(type, page.Content.Headers.ContentType?.MediaType);
        Assert.Contains(text, body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of", body, StringComparison.Ordinal);
        using var fine = await browser.GetAsync("/lab/hub/home");
        Assert.Contains("A page within the hub's frame", WebUtility.HtmlDecode(await fine.TextAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/JupyterHub/Login")]
    [InlineData("/jupyterhub/home")]
    [InlineData("/lab/JupyterHub/Error")]
    public async Task The_platforms_routing_leads_to_no_page_of_the_hub(string target)
    {
        using var answer = await hosts.WithHub.SendAsync("GET", target);
        Assert.Equal("the host's fallback", await answer.TextAsync());
    }

    [Fact]
    public async Task With_the_root_mapped_the_hosts_addresses_and_fallback_go_before_it()
    {
        await using var host = await EmbeddingHost.StartAsync(hasHub: true, mapsRoot: true);
        foreach (var target in new[] { "/data", "/lab/", "/lab/anything", "/lab/nothing", "/nothing", "/hello.txt", "/hub/login", "/%ff" })
        {
            Assert.Equal(await DescribeAsync(hosts.Alone, "GET", target), await DescribeAsync(host, "GET", target));
        }
    }

    [Fact]
    public async Task With_the_root_mapped_and_no_fallback_the_rest_leads_to_the_hub()
    {
        await using var host = await EmbeddingHost.StartAsync(hasHub: true, mapsRoot: true, hasFallback: false);
        var browser = host.Browser();

        // The host's policy for everybody without an endpoint stays in force.
        using var guest = await browser.GetAsync("/sign-in");
        foreach (var (target, location) in new[] { ("/lab/nothing?x=1", "/lab/hub/nothing?x=1"), ("/nothing?x=1", "/lab/hub/nothing"), ("/", "/lab/hub/") })
        {
            using var answer = await browser.GetAsync(target);
            Assert.Equal(location, answer.Location());
        }

        using var own = await host.SendAsync("GET", "/lab/anything");
        Assert.Equal("anything of the host", await own.TextAsync());
    }

    [Fact]
    public async Task Adding_the_hub_twice_changes_nothing()
    {
        await using var host = await HubHost.StartAsync(setup =>
        {
            setup.LateServices = builder => builder.Services.AddJupyterHub(hub => hub.DefaultUrl = "/hub/home").UseInProcessProxy();
            setup.App = app => app.MapJupyterHub().MapJupyterHub();
        });
        var browser = host.Browser();
        using var entered = await browser.SignInAsync("ada");
        Assert.Equal("/hub/home", entered.Location());
        Assert.Single(host.App.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>(), service => service.GetType().Name == "HubRuntime");
    }

    [Fact]
    public async Task The_platforms_stricter_checks_during_development_pass()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Environment = "Development");
        var browser = await host.SignInAsync("ada");
        using var home = await browser.GetAsync("/hub/home");
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    [Fact]
    public void Mapping_a_hub_that_was_not_added_says_what_to_do()
    {
        var app = WebApplication.CreateBuilder().Build();
        var problem = Assert.Throws<InvalidOperationException>(() => app.MapJupyterHub());
        Assert.Contains("AddJupyterHub", problem.Message, StringComparison.Ordinal);
    }

    private static async Task<string> DescribeAsync(HubHost host, string method, string target)
    {
        using var request = host.NewRequest(method, target);
        request.Headers.Add("Origin", "https://friend.example");
        request.Headers.Add("Access-Control-Request-Method", "GET");
        using var answer = await host.Client.SendAsync(request);
        var text = new StringBuilder($"{(int)answer.StatusCode}\n");
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).OrderBy(header => header.Key, StringComparer.Ordinal))
        {
            if (name is not ("Date" or "Last-Modified" or "ETag" or "Set-Cookie"))
            {
                text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{name}: {string.Join(", ", values)}");
            }
        }

        var body = System.Text.RegularExpressions.Regex.Replace(await answer.TextAsync(), "value=\"[^\"]*\"", "");
        return text.Append(body).ToString().Replace(host.Url.Authority, "host", StringComparison.Ordinal);
    }

    private static string Options(HubHost host)
    {
        var json = host.Get<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions;
        var mvcJson = host.Get<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
        var mvc = host.Get<IOptions<MvcOptions>>().Value;
        var antiforgery = host.Get<IOptions<AntiforgeryOptions>>().Value;
        string Types<T>(IEnumerable<T> items) => string.Join(' ', items.Select(item => item!.GetType().Name));
        return string.Join(
            '\n',
            json.PropertyNamingPolicy,
            json.WriteIndented,
            mvcJson.PropertyNamingPolicy,
            Types(mvc.Filters),
            Types(mvc.Conventions),
            Types(mvc.InputFormatters),
            Types(mvc.OutputFormatters),
            Types(mvc.ModelBinderProviders),
            antiforgery.HeaderName,
            antiforgery.FormFieldName,
            antiforgery.Cookie.Path,
            antiforgery.SuppressXFrameOptionsHeader);
    }

    public sealed class Hosts : IAsyncLifetime
    {
        internal HubHost Alone { get; private set; } = null!;

        internal HubHost WithHub { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Alone = await EmbeddingHost.StartAsync(hasHub: false);
            WithHub = await EmbeddingHost.StartAsync(hasHub: true);
        }

        public async Task DisposeAsync()
        {
            await Alone.DisposeAsync();
            await WithHub.DisposeAsync();
        }
    }
}
