using System.Diagnostics;
using System.Net.Sockets;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Pages.Tests.Browsing;
using JupyterHub.Testing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages;

/// <summary>The sample CustomPages as a process, with the tables of ICU: its settings, its parts, its page and its languages.</summary>
public sealed class CustomPagesSampleTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly Uri address = new($"http://127.0.0.1:{FreePort.Find()}/");
    private ServerProcess hub = null!;

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo(Programs.Dotnet, [Programs.CustomPages, $"--JupyterHub:BindUrl={address}", $"--JupyterHub:DataDirectory={folder.Combine("data")}"]);
        start.Environment["HOME"] = folder.Path;
        hub = new ServerProcess(start);
        using var http = new HttpClient();
        await Eventually.TrueAsync($"the hub answers at {address}", async () =>
        {
            Assert.False(hub.HasExited, $"The hub ended at its start:\n{hub.Output}");
            try
            {
                return (await http.GetAsync(new Uri(address, "hub/health"))).IsSuccessStatusCode;
            }
            catch (Exception problem) when (problem is HttpRequestException or SocketException)
            {
                return false;
            }
        });
    }

    public async Task DisposeAsync()
    {
        Assert.Equal(0, await hub.TerminateAsync());
        hub.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Everything_that_it_changes_is_seen()
    {
        await using var visitor = await PageVisitor.ArriveAsync(chromium, address);
        await visitor.GoAsync("/hub/login");
        var page = visitor.Page;
        await Assertions.Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("Institute of Physics$"));
        await Assertions.Expect(page.Locator(".institute")).ToContainTextAsync("Computing desk, phone +49 30 1234567");
        await Assertions.Expect(page.Locator("#announcement a")).ToHaveAttributeAsync("href", "https://example.org/news");
        Assert.Equal("rgb(11, 110, 138)", await page.Locator("#announcement a").EvaluateAsync<string>("link => getComputedStyle(link).color"));
        await visitor.InspectAsync("sample-custom-pages");
        await visitor.GoAsync("/hub/nothing");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("That did not work 404");
        await Assertions.Expect(page.Locator("#announcement")).ToHaveCountAsync(0);
        await visitor.InspectAsync("sample-custom-error");
    }

    [Theory]
    [InlineData("de", "de", "Gleich zum Inhalt", "Rechnerbetreuung, Telefon +49 30 1234567", "Das hat nicht geklappt 404")]
    [InlineData("de-CH", "de", "Gleich zum Inhalt", "Rechnerbetreuung, Telefon +49 30 1234567", "Das hat nicht geklappt 404")]
    [InlineData("fr-CA", "fr", "Aller au contenu", "Assistance informatique, tél. +49 30 1234567", "Cela n’a pas marché 404")]
    [InlineData("ja", "en", "Skip to the content", "Computing desk, phone +49 30 1234567", "That did not work 404")]
    public async Task Readers_get_their_language(string language, string shown, string skip, string footer, string heading)
    {
        await using var visitor = await PageVisitor.ArriveAsync(chromium, address, language: language);
        await visitor.GoAsync("/hub/nothing");
        await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", shown);
        await Assertions.Expect(visitor.Page.Locator(".skip")).ToHaveTextAsync(skip);
        await Assertions.Expect(visitor.Page.Locator(".institute p")).ToHaveTextAsync(footer);
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync(heading);
    }
}
