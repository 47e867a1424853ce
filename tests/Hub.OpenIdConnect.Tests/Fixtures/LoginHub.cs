using JupyterHub.AspNetCore.Tests.Fixtures;
using JupyterHub.Core.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.OpenIdConnect.Tests.Fixtures;

/// <summary>Hubs that people enter by providers.</summary>
internal static class LoginHub
{
    /// <summary>A hub without a form, where everybody may enter whom the provider knows.</summary>
    public static Task<HubHost> StartAsync(FakeProvider provider, Action<OpenIdConnectLoginOptions>? login = null, Action<HubSetup>? configure = null) =>
        HubHost.StartAsync(setup =>
        {
            WithoutForm(setup);
            setup.Builder = builder => builder.AddOpenIdConnectLogin("fake", options =>
            {
                Describe(options, provider);
                login?.Invoke(options);
            });
            configure?.Invoke(setup);
        });

    public static void WithoutForm(HubSetup setup)
    {
        setup.Settings["Authenticator:Type"] = "redirect";
        setup.Settings["Authenticator:AllowAll"] = "true";
    }

    public static void Describe(OpenIdConnectLoginOptions options, FakeProvider provider)
    {
        options.DisplayName = "Fake & Sons";
        options.Issuer = provider.Issuer;
        options.ClientId = FakeProvider.ClientId;
        options.ClientSecret = new HubSecret(FakeProvider.ClientSecret);
        options.Timeout = 120;
    }

    /// <summary>Goes to the provider and back: the hub's answer to the return.</summary>
    public static async Task<HttpResponseMessage> SignInByAsync(this HubBrowser browser, string login = "fake", string? next = null)
    {
        var back = await browser.VisitProviderAsync(login, next);
        return await browser.GetAsync(back);
    }

    /// <summary>Goes to the provider: the address that it sends back to, below the hub.</summary>
    public static async Task<string> VisitProviderAsync(this HubBrowser browser, string login = "fake", string? next = null)
    {
        using var start = await browser.GetAsync($"/hub/login/{login}{(next is null ? "" : $"?next={Uri.EscapeDataString(next)}")}");
        Assert.Equal(HttpStatusCode.Redirect, start.StatusCode);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(new Uri(start.Location()!));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var back = answer.Headers.Location!;
        Assert.Equal(browser.Host.Url.Authority, back.Authority);
        return back.PathAndQuery;
    }

    /// <summary>The name that a browser is signed in with; null for nobody.</summary>
    public static async Task<string?> WhoAsync(this HubBrowser browser)
    {
        using var answer = await browser.GetAsync("/hub/api/user");
        return answer.StatusCode == HttpStatusCode.OK ? (string?)(await answer.JsonAsync())["name"] : null;
    }

    /// <summary>Checks that nobody was signed in, and gives back the page that says why.</summary>
    public static async Task<string> AssertRefusedAsync(this HubBrowser browser, HttpResponseMessage answer)
    {
        var page = WebUtility.HtmlDecode(await answer.TextAsync());
        Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{(int)answer.StatusCode} {answer.Location()} {page}");
        Assert.DoesNotContain("jupyterhub-hub-login", browser.CookieNames);
        Assert.Contains("id=\"login-notice\"", page, StringComparison.Ordinal);
        return page;
    }
}
