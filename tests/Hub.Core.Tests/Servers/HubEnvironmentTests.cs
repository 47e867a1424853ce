using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Tests.Servers;

public sealed class HubEnvironmentTests
{
    private static readonly ServerRecord Lab = new(new ServerKey("ada@x", "lab"), 1, 2, "/base/user/ada@x/lab/");

    [Fact]
    public void It_is_exactly_what_the_contract_lists()
    {
        var addresses = new HubAddresses("/base/");
        addresses.Bind(new Uri("http://127.0.0.1:8081"));
        var options = new SpawnerOptions { OauthClientAllowedScopes = ["read:users:name!user"] };

        var variables = new HubEnvironment(addresses, options, new JupyterHubOptions()).For(Lab, "secret");

        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["JPY_API_TOKEN"] = "secret",
                ["JUPYTERHUB_ACTIVITY_URL"] = "http://127.0.0.1:8081/base/hub/api/users/ada@x/activity",
                ["JUPYTERHUB_API_TOKEN"] = "secret",
                ["JUPYTERHUB_API_URL"] = "http://127.0.0.1:8081/base/hub/api",
                ["JUPYTERHUB_BASE_URL"] = "/base/",
                ["JUPYTERHUB_CLIENT_ID"] = "jupyterhub-user-ada%40x-lab",
                ["JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED"] = "0",
                ["JUPYTERHUB_HOST"] = "",
                ["JUPYTERHUB_OAUTH_ACCESS_SCOPES"] = """["access:servers!server=ada@x/lab","access:servers!user=ada@x"]""",
                ["JUPYTERHUB_OAUTH_CALLBACK_URL"] = "/base/user/ada@x/lab/oauth_callback",
                ["JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES"] = """["read:users:name!user"]""",
                ["JUPYTERHUB_OAUTH_SCOPES"] = """["access:servers!server=ada@x/lab","access:servers!user=ada@x"]""",
                ["JUPYTERHUB_PUBLIC_HUB_URL"] = "",
                ["JUPYTERHUB_PUBLIC_URL"] = "",
                ["JUPYTERHUB_SERVER_NAME"] = "lab",
                ["JUPYTERHUB_SERVICE_PREFIX"] = "/base/user/ada@x/lab/",
                ["JUPYTERHUB_USER"] = "ada@x",
            },
            new SortedDictionary<string, string>(variables, StringComparer.Ordinal));
    }

    [Fact]
    public void A_public_address_and_a_connect_address_of_the_spawner_are_told()
    {
        var addresses = new HubAddresses("/base/", new Uri("https://hub.example.org:8443/base/"));
        addresses.Bind(new Uri("http://127.0.0.1:8081"));

        var variables = new HubEnvironment(addresses, new SpawnerOptions { HubConnectUrl = "http://hub.internal:9000/" }, new JupyterHubOptions()).For(Lab, "secret");

        Assert.Equal("https://hub.example.org:8443", variables["JUPYTERHUB_HOST"]);
        Assert.Equal("https://hub.example.org:8443/base/user/ada@x/lab/", variables["JUPYTERHUB_PUBLIC_URL"]);
        Assert.Equal("https://hub.example.org:8443/base/hub/", variables["JUPYTERHUB_PUBLIC_HUB_URL"]);
        Assert.Equal("http://hub.internal:9000/base/hub/api", variables["JUPYTERHUB_API_URL"]);
    }

    [Theory]
    [InlineData(HubSameSite.None, true, """{"samesite":"None","secure":true}""")]
    [InlineData(HubSameSite.Lax, null, """{"samesite":"Lax"}""")]
    [InlineData(null, false, """{"secure":false}""")]
    public void Servers_are_told_how_their_cookies_must_be(HubSameSite? sameSite, bool? isSecure, string expected)
    {
        var addresses = new HubAddresses("/");
        addresses.Bind(new Uri("http://127.0.0.1:8081"));
        var hub = new JupyterHubOptions { CookieHostPrefixEnabled = true, CookieOptions = { SameSite = sameSite, Secure = isSecure, Domain = "example.org", Path = "/" } };

        var variables = new HubEnvironment(addresses, new SpawnerOptions(), hub).For(Lab, "secret");

        Assert.Equal(("1", expected), (variables["JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED"], variables["JUPYTERHUB_COOKIE_OPTIONS"]));
    }
}
