using JupyterHub.Core.Hosting;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.ChpClient;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Tests.Proxying;

/// <summary>Settings of the proxy, from the configuration and from code.</summary>
public sealed class ProxySettingsTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Proxy:ApiUrl", "127.0.0.1:8001", "JupyterHub:Proxy:ApiUrl must be an absolute URL")]
    [InlineData("Proxy:ApiUrl", "http+unix://relative.sock", "JupyterHub:Proxy:ApiUrl must be an absolute URL")]
    [InlineData("Proxy:ApiUrl", "https://127.0.0.1:8001", "JupyterHub:Proxy:ApiUrl must begin with http://")]
    [InlineData("Proxy:ApiUrl", "http://127.0.0.1:8001/api", "JupyterHub:Proxy:ApiUrl must be scheme, host and port alone")]
    [InlineData("Proxy:ApiUrl", "http://127.0.0.1:0", "JupyterHub:Proxy:ApiUrl must name a port")]
    [InlineData("Proxy:AuthToken", "two words", "JupyterHub:Proxy:AuthToken must be a word of printable ASCII")]
    [InlineData("Proxy:Command", "", "JupyterHub:Proxy:Command must name a program")]
    [InlineData("Proxy:CommandUmask", "512", "JupyterHub:Proxy:CommandUmask must be between 0 and 511, but is 512")]
    [InlineData("Proxy:Concurrency", "0", "JupyterHub:Proxy:Concurrency must be between 1 and 1000, but is 0")]
    [InlineData("Proxy:CheckRunningInterval", "0", "JupyterHub:Proxy:CheckRunningInterval must be more than 0 seconds")]
    [InlineData("Proxy:LogLevel", "verbose", "JupyterHub:Proxy:LogLevel must be one of debug, info, warn, error")]
    [InlineData("Proxy:PidFile", "", "JupyterHub:Proxy:PidFile must name a file")]
    [InlineData("Proxy:ShouldStart", "false", "JupyterHub:Proxy:AuthToken must be set")]
    [InlineData("Proxy:ExtraRoutes:docs/", "http://127.0.0.1:9", "JupyterHub:Proxy:ExtraRoutes:docs/ must begin with / (a host in front needs JupyterHub:SubdomainHost)")]
    [InlineData("Proxy:ExtraRoutes:/", "http://127.0.0.1:9", "JupyterHub:Proxy:ExtraRoutes:/ is a place of the hub's own")]
    [InlineData("Proxy:ExtraRoutes:/user/ada", "http://127.0.0.1:9", "JupyterHub:Proxy:ExtraRoutes:/user/ada is a place of the hub's own")]
    [InlineData("Proxy:ExtraRoutes:/a/../b", "http://127.0.0.1:9", "JupyterHub:Proxy:ExtraRoutes:/a/../b is no path of a route")]
    [InlineData("Proxy:ExtraRoutes:/docs/", "127.0.0.1:9", "JupyterHub:Proxy:ExtraRoutes:/docs/ must be an absolute URL")]
    [InlineData("BindUrl", "https://127.0.0.1:8443", "JupyterHub:BindUrl begins with https://, for which SslKey and SslCert must be set")]
    [InlineData("BindUrl", "http://127.0.0.1:0", "JupyterHub:BindUrl must name a port")]
    [InlineData("SslKey", "/no/such/key.pem", "JupyterHub:SslKey names the file /no/such/key.pem, which is not there")]
    [InlineData("Proxy:Typ", "chp", "JupyterHub:Proxy:Typ is not a known setting; did you mean Type?")]
    public async Task What_cannot_work_is_named(string key, string value, string message)
    {
        await using var app = Build(setup =>
        {
            setup.Settings["Proxy:Type"] = "chp";
            setup.Settings[key] = value;
        });
        Assert.StartsWith(message, Assert.Throws<HubStartupException>(app.Services.GetRequiredService<IHubProxy>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_of_one_proxy_are_refused_by_the_other()
    {
        await using var app = Build(setup => setup.Settings["Proxy:ApiUrl"] = "http://127.0.0.1:8001");
        var problem = Assert.Throws<HubStartupException>(app.Services.GetRequiredService<IHubProxy>);
        Assert.StartsWith("JupyterHub:Proxy:ApiUrl is a setting of the type chp, but the type is inprocess", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configuration_wins_over_code()
    {
        await using var app = Build(setup =>
        {
            setup.Builder = hub => hub
                .UseConfigurableHttpProxy(chp => (chp.Concurrency, chp.LogLevel) = (3, "debug"))
                .UseConfigurableHttpProxy(chp => chp.ExtraRoutes["/docs/"] = "http://127.0.0.1:9");
            setup.Settings["Proxy:LogLevel"] = "Error";
            setup.Settings["BindUrl"] = "http://:8123/lab";
        });
        Assert.IsType<ConfigurableHttpProxy>(app.Services.GetRequiredService<IHubProxy>());
        var settings = app.Services.GetRequiredService<ChpSettings>();
        Assert.Equal((3, "error", "/docs/"), (settings.Concurrency, settings.LogLevel, settings.ExtraRoutes.Single().Routespec));
        Assert.Equal(["configurable-http-proxy", "--ip", "0.0.0.0", "--port", "8123", "--api-ip", "127.0.0.1", "--api-port", "8001"], Arguments(app, settings).Take(9));
        Assert.Equal(["--error-target", "http://127.0.0.1:4711/lab/hub/error", "--log-level", "error"], Arguments(app, settings).Skip(9));
    }

    [Fact]
    public async Task A_token_that_nobody_gave_is_the_same_at_every_start_and_another_in_every_deployment()
    {
        await using var app = Build(setup => setup.Settings["Proxy:Type"] = "chp");
        await using var again = Build(setup => setup.Settings["Proxy:Type"] = "chp");
        await using var other = Build(setup =>
        {
            setup.Settings["Proxy:Type"] = "chp";
            setup.Settings["CookieSecret"] = new string('a', 64);
        });
        var token = TokenOf(app);
        Assert.Equal(64, token.Length);
        Assert.Equal(token, TokenOf(again));
        Assert.NotEqual(token, TokenOf(other));
    }

    [Fact]
    public async Task The_last_choice_in_code_counts_where_the_configuration_makes_none()
    {
        await using var app = Build(setup => setup.Builder = hub => hub.UseConfigurableHttpProxy().UseInProcessProxy());
        Assert.IsNotType<ConfigurableHttpProxy>(app.Services.GetRequiredService<IHubProxy>());
    }

    [Fact]
    public async Task With_certificates_the_proxy_speaks_TLS()
    {
        File.WriteAllText(folder.Combine("key.pem"), "");
        File.WriteAllText(folder.Combine("cert.pem"), "");
        await using var app = Build(setup =>
        {
            setup.Settings["Proxy:Type"] = "chp";
            setup.Settings["SslKey"] = folder.Combine("key.pem");
            setup.Settings["SslCert"] = folder.Combine("cert.pem");
        });
        var settings = app.Services.GetRequiredService<ChpSettings>();
        Assert.Equal("https://127.0.0.1:8000/", settings.PublicUrl!.ToString());
        Assert.Equal(["--ssl-key", folder.Combine("key.pem"), "--ssl-cert", folder.Combine("cert.pem")], Arguments(app, settings).TakeLast(4));
    }

    private static IReadOnlyList<string> Arguments(WebApplication app, ChpSettings settings)
    {
        var addresses = app.Services.GetRequiredService<Core.Addressing.HubAddresses>();
        addresses.Bind(new Uri("http://127.0.0.1:4711"));
        return new ChpCommand(settings, addresses).Arguments;
    }

    private static string TokenOf(WebApplication app) => app.Services.GetRequiredService<ChpSettings>().Endpoint.Token;

    private WebApplication Build(Action<HubSetup> configure)
    {
        var setup = new HubSetup();
        configure(setup);
        return HubHost.Build(setup, folder);
    }
}
