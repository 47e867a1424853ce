using JupyterHub.Client.Authentication;
using JupyterHub.Client.Hosting;

namespace JupyterHub.Client.Tests.Authentication;

/// <summary>The variables that a hub gives, and the ways in which they can be wrong.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void A_services_environment_is_read()
    {
        var settings = Read();

        Assert.Equal("/services/a@b%20c/", settings.Prefix);
        Assert.Equal("/services/a@b c", settings.PathBase.Value);
        Assert.Equal("/oauth_callback", settings.CallbackPath.Value);
        Assert.Equal("/services/a@b%20c/oauth_callback", settings.CallbackUrl);
        Assert.Equal("/hub/", settings.HubPages);
        Assert.Equal(["access:services", "access:services!service=a@b c"], settings.AccessScopes);
        Assert.Equal("service-a@b%20c".Replace("@", "%40", StringComparison.Ordinal), settings.Cookies.TokenName);
        Assert.Null(settings.ActivityUrl);
    }

    [Fact]
    public void A_servers_environment_is_read()
    {
        var settings = Read(
            ("JUPYTERHUB_OAUTH_ACCESS_SCOPES", """["access:servers!server=ada/lab","access:servers!user=ada"]"""),
            ("JUPYTERHUB_SERVICE_PREFIX", "/base/user/ada/lab/"),
            ("JUPYTERHUB_BASE_URL", "/base/"),
            ("JUPYTERHUB_HOST", "https://hub.example"),
            ("JUPYTERHUB_OAUTH_CALLBACK_URL", "https://ada.example/base/user/ada/lab/oauth_callback"),
            ("JUPYTERHUB_ACTIVITY_URL", "http://127.0.0.1:1/hub/api/users/ada/activity"),
            ("JUPYTERHUB_ACTIVITY_INTERVAL", "7.5"),
            ("JUPYTERHUB_SERVER_NAME", "lab"));

        Assert.Equal("https://hub.example/base/hub/", settings.HubPages);
        Assert.Equal("/oauth_callback", settings.CallbackPath.Value);
        Assert.Equal(["access:servers!server=ada/lab", "access:servers!user=ada"], settings.AccessScopes);
        Assert.Equal(TimeSpan.FromSeconds(7.5), settings.ActivityInterval);
        Assert.Equal("lab", settings.ServerName);
    }

    [Fact]
    public void Older_names_of_variables_serve_where_the_new_ones_are_missing()
    {
        var settings = Read(("JUPYTERHUB_API_TOKEN", null), ("JPY_API_TOKEN", "old-token"), ("JUPYTERHUB_SERVICE_NAME", null), ("JUPYTERHUB_OAUTH_SCOPES", """["access:servers"]"""));

        Assert.Equal("old-token", settings.ApiToken);
        Assert.Equal(["access:servers"], settings.AccessScopes);
    }

    [Fact]
    public void Options_win_over_the_environment()
    {
        var settings = ServiceSettings.Create(
            new() { ApiToken = "mine", AccessScopes = [], ServicePrefix = "/", CallbackUrl = "/back", ActivityInterval = TimeSpan.Zero },
            Environment());

        Assert.Equal("mine", settings.ApiToken);
        Assert.Empty(settings.AccessScopes);
        Assert.Equal("/back", settings.CallbackPath.Value);
        Assert.False(settings.PathBase.HasValue);
    }

    [Theory]
    [InlineData("JUPYTERHUB_API_TOKEN", null)]
    [InlineData("JUPYTERHUB_API_TOKEN", "with space")]
    [InlineData("JUPYTERHUB_API_TOKEN", "line\nbreak")]
    [InlineData("JUPYTERHUB_CLIENT_ID", "")]
    [InlineData("JUPYTERHUB_API_URL", null)]
    [InlineData("JUPYTERHUB_API_URL", "not an address")]
    [InlineData("JUPYTERHUB_API_URL", "ftp://hub/")]
    [InlineData("JUPYTERHUB_API_URL", "http://user:secret@hub/")]
    [InlineData("JUPYTERHUB_SERVICE_PREFIX", "services/x")]
    [InlineData("JUPYTERHUB_SERVICE_PREFIX", "//evil/")]
    [InlineData("JUPYTERHUB_BASE_URL", "/base")]
    [InlineData("JUPYTERHUB_HOST", "hub.example")]
    [InlineData("JUPYTERHUB_OAUTH_ACCESS_SCOPES", "[]")]
    [InlineData("JUPYTERHUB_OAUTH_ACCESS_SCOPES", "{")]
    [InlineData("JUPYTERHUB_OAUTH_ACCESS_SCOPES", "[null]")]
    [InlineData("JUPYTERHUB_OAUTH_CALLBACK_URL", "/elsewhere/oauth_callback")]
    [InlineData("JUPYTERHUB_OAUTH_CALLBACK_URL", "oauth_callback")]
    [InlineData("JUPYTERHUB_COOKIE_OPTIONS", "[")]
    [InlineData("JUPYTERHUB_COOKIE_OPTIONS", """{"SameSite": "sometimes"}""")]
    [InlineData("JUPYTERHUB_ACTIVITY_URL", "nowhere")]
    [InlineData("JUPYTERHUB_ACTIVITY_INTERVAL", "soon")]
    [InlineData("JUPYTERHUB_ACTIVITY_INTERVAL", "-1")]
    public void What_is_missing_or_wrong_is_named_in_one_line(string name, string? value)
    {
        var problem = Assert.Throws<JupyterHubConfigurationException>(() => Read((name, value)));

        Assert.Contains(name, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_access_scope_nobody_is_let_in_by_accident() =>
        Assert.Throws<JupyterHubConfigurationException>(() => Read(("JUPYTERHUB_SERVICE_NAME", null)));

    [Theory]
    [InlineData("http://127.0.0.1:8888/user/ada/", "127.0.0.1", 8888)]
    [InlineData("http://[::1]:99", "::1", 99)]
    [InlineData("http://localhost:1", "127.0.0.1", 1)]
    [InlineData("http://:8888/x/", null, 8888)]
    [InlineData("http://*:8888", null, 8888)]
    public void Addresses_to_listen_at_are_read(string url, string? address, int port) =>
        Assert.Equal(new ListenAddress(address is null ? null : System.Net.IPAddress.Parse(address), port), ListenAddress.Parse(url));

    [Theory]
    [InlineData("https://127.0.0.1:1")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://hub.example:80")]
    public void Addresses_that_nobody_can_listen_at_are_named(string url) =>
        Assert.Contains("JUPYTERHUB_SERVICE_URL", Assert.Throws<JupyterHubConfigurationException>(() => ListenAddress.Parse(url)).Message, StringComparison.Ordinal);

    [Fact]
    public void Operators_decide_about_cookies()
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        var plain = Read().Cookies.Options(context);
        var strict = Read(("JUPYTERHUB_COOKIE_OPTIONS", """{"samesite": "None", "secure": true, "Domain": "hub.example", "path": "/"}""")).Cookies.Options(context);
        var host = Read(("JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED", "1"), ("JUPYTERHUB_COOKIE_OPTIONS", """{"domain": "hub.example"}""")).Cookies;

        Assert.Equal((false, "/services/a@b%20c/"), (plain.Secure, plain.Path));
        Assert.Equal((true, Microsoft.AspNetCore.Http.SameSiteMode.None, "hub.example", "/services/a@b%20c/"), (strict.Secure, strict.SameSite, strict.Domain, strict.Path));
        Assert.StartsWith("__Host-service-", host.TokenName, StringComparison.Ordinal);
        Assert.Equal((true, "/", null), (host.Options(context).Secure, host.Options(context).Path, host.Options(context).Domain));
    }

    private static ServiceSettings Read(params (string Name, string? Value)[] changes) => ServiceSettings.Create(new(), Environment(changes));

    private static HubEnvironment Environment(params (string Name, string? Value)[] changes)
    {
        var variables = new Dictionary<string, string?>
        {
            ["JUPYTERHUB_API_TOKEN"] = "0123456789abcdef",
            ["JUPYTERHUB_CLIENT_ID"] = "service-a@b c",
            ["JUPYTERHUB_API_URL"] = "http://127.0.0.1:8081/hub/api",
            ["JUPYTERHUB_SERVICE_NAME"] = "a@b c",
            ["JUPYTERHUB_SERVICE_PREFIX"] = "/services/a@b%20c/",
        };
        foreach (var (name, value) in changes)
        {
            variables[name] = value;
        }

        return new HubEnvironment(variables.GetValueOrDefault);
    }
}
