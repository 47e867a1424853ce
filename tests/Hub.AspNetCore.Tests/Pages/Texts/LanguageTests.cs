using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace JupyterHub.AspNetCore.Tests.Pages.Texts;

/// <summary>Pages speak the language of their readers, where the host says that there are several.</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData("de", "<html lang=\"de\">", "Zum Inhalt springen")]
    [InlineData("fr;q=0.5,de", "<html lang=\"de\">", "Zum Inhalt springen")]
    [InlineData("en", "<html lang=\"en\">", "Skip to the content")]
    [InlineData("fr", "<html lang=\"en\">", "Skip to the content")]
    [InlineData("xx-invalid-#", "<html lang=\"en\">", "Skip to the content")]
    public async Task Readers_get_their_language(string accepted, string root, string text)
    {
        await using var host = await StartAsync();
        foreach (var target in new[] { "/hub/login", "/hub/nothing", "/services/dead/" })
        {
            var page = await PageAsync(host, target, accepted);
            Assert.Contains(root, page, StringComparison.Ordinal);
            Assert.Contains(text, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_the_hosts_middleware_pages_are_english()
    {
        await using var host = await HubHost.StartAsync();
        Assert.Contains("<html lang=\"en\">", await PageAsync(host, "/hub/login", "de"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_of_the_API_stay_english()
    {
        await using var host = await StartAsync();
        using var request = host.NewRequest("GET", "/hub/api/nothing");
        request.Headers.TryAddWithoutValidation("Accept-Language", "de");
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal("Not Found", await answer.ApiErrorAsync(404));
    }

    [Fact]
    public async Task A_hosts_own_localizer_wins_and_a_slip_in_it_costs_no_page()
    {
        await using var host = await StartAsync(setup => setup.Services = builder => builder.Services.AddSingleton<IStringLocalizer<HubTexts>, ArabicTexts>());
        var page = await PageAsync(host, "/hub/busy", "en");
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", page, StringComparison.Ordinal);
        Assert.Contains("انتقل", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("Try again in 42 seconds.", page, StringComparison.Ordinal);
    }

    /// <summary>The resource file of this assembly goes before the hub's own, text by text.</summary>
    [Fact]
    public async Task A_resource_file_of_the_host_wins()
    {
        await using var host = await StartAsync(setup =>
        {
            setup.ApplicationName = "JupyterHub.AspNetCore.Tests";
            setup.Services = builder => builder.Services.AddLocalization(options => options.ResourcesPath = "Pages/Texts");
        });
        var page = await PageAsync(host, "/hub/login", "de");
        Assert.Contains("<html lang=\"de\">", page, StringComparison.Ordinal);
        Assert.Contains("Gleich zum Inhalt", page, StringComparison.Ordinal);
        Assert.Contains("Farben des Systems", page, StringComparison.Ordinal);
    }

    private static Task<HubHost> StartAsync(Action<HubSetup>? configure = null) => HubHost.StartAsync(setup =>
    {
        setup.Hub = FailingRoutes.AddDeadService;
        FailingRoutes.Add(setup);
        setup.App = app => app.UseRequestLocalization(new RequestLocalizationOptions { DefaultRequestCulture = new RequestCulture("en") }
            .AddSupportedCultures("en", "de", "fr").AddSupportedUICultures("en", "de", "fr"));
        configure?.Invoke(setup);
    });

    private static async Task<string> PageAsync(HubHost host, string target, string accepted)
    {
        using var request = host.NewRequest("GET", target);
        request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        using var answer = await host.Client.SendAsync(request);
        return await answer.TextAsync();
    }

    private sealed class ArabicTexts : IStringLocalizer<HubTexts>
    {
        private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
        {
            ["(language)"] = "ar", ["Skip to the content"] = "انتقل إلى المحتوى", ["Try again in {0} seconds."] = "{7} {",
        };

        public LocalizedString this[string name] => new(name, Known.GetValueOrDefault(name, name), !Known.ContainsKey(name));

        public LocalizedString this[string name, params object[] arguments] => this[name];

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => Known.Select(pair => new LocalizedString(pair.Key, pair.Value));
    }
}
