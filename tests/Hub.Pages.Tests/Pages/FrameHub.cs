using JupyterHub.Core.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Localization;

namespace JupyterHub.Pages.Tests.Pages;

/// <summary>A hub with an operator's own title, logo, links, footer and contact, in English and German.</summary>
public sealed class FrameHub : IAsyncLifetime
{
    private readonly TestFolder files = new();

    internal HubHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var logo = files.Combine("logo.svg");
        await File.WriteAllTextAsync(logo, """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32"><rect width="64" height="32" rx="6" fill="#0b6e8a"/><circle cx="20" cy="16" r="9" fill="#fff"/><circle cx="44" cy="16" r="9" fill="#9fd8e8"/></svg>""");
        var sheet = files.Combine("site.css");
        await File.WriteAllTextAsync(sheet, ":root { --accent: #0b6e8a; }\n@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { --accent: #7ecbe0; } }\n");
        Host = await HubHost.StartAsync(setup =>
        {
            setup.Hub = hub =>
            {
                hub.LogoFile = logo;
                hub.Pages.Title = "Institute of Physics";
                hub.Pages.StyleSheets.Add(sheet);
                hub.Pages.Links["Help"] = "https://help.example.org/";
                hub.Pages.Footer = "Run by the [physics computing group](https://physics.example.org/). Back-ups every night.";
                hub.Pages.FooterLinks["Imprint"] = "https://example.org/imprint";
                hub.Pages.FooterLinks["Privacy"] = "https://example.org/privacy";
                hub.Pages.Contact = "Computing desk, room 2.014, desk@example.org or https://help.example.org/";
                FailingRoutes.AddDeadService(hub);
            };
            FailingRoutes.Add(setup);
            setup.App = app => app.UseRequestLocalization(new RequestLocalizationOptions { DefaultRequestCulture = new RequestCulture("en") }
                .AddSupportedCultures("en", "de").AddSupportedUICultures("en", "de"));
        });
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        files.Dispose();
    }
}
