using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Browsing;

/// <summary>
/// What every page is asked: labels, roles and contrast by axe-core, in light and dark; the order in which the keyboard reaches things; nothing
/// that sticks out of a narrow screen. The pictures go to artifacts/screenshots, and with
/// UPDATE_SCREENSHOTS=1 to docs/images, but for the narrow dark ones, which show nothing that the others do not.
/// </summary>
internal sealed class PageInspection(PageVisitor visitor, string name)
{
    // Run in the page itself, which has no frames: the package's own way opens another page for each run.
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private IPage Page => visitor.Page;

    public async Task RunAsync()
    {
        // What a click leads to may have begun and not be whole.
        await Page.WaitForLoadStateAsync();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await CheckAccessAsync(scheme);
            foreach (var width in new[] { PageVisitor.Wide, PageVisitor.Narrow })
            {
                await Page.SetViewportSizeAsync(width, 800);
                await CheckWidthAsync(width);
                await ShootAsync($"{name}{(width == PageVisitor.Narrow ? "-narrow" : "")}{(scheme == ColorScheme.Dark ? "-dark" : "")}");
            }

            await Page.SetViewportSizeAsync(PageVisitor.Wide, 800);
        }

        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await CheckFocusAsync();
        Assert.Empty(visitor.Problems);
    }

    private async Task CheckAccessAsync(ColorScheme scheme)
    {
        if (!await Page.EvaluateAsync<bool>("'axe' in window"))
        {
            await Page.EvaluateAsync(Axe);
        }

        var found = await Page.EvaluateAsync<string[]>(Scripts.Violations);
        Assert.True(found.Length == 0, $"{name}, {scheme}:\n{string.Join('\n', found)}");
    }

    /// <summary>A wide table scrolls in its own box, the page never.</summary>
    private async Task CheckWidthAsync(int width)
    {
        var actual = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(actual <= width, $"{name} is {actual} px wide on a screen of {width} px.");
    }

    private async Task ShootAsync(string file)
    {
        var picture = await Page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Animations = ScreenshotAnimations.Disabled });
        await SaveAsync(picture, "artifacts", "screenshots", file + ".png");
        if (Environment.GetEnvironmentVariable("UPDATE_SCREENSHOTS") == "1" && !file.EndsWith("-narrow-dark", StringComparison.Ordinal))
        {
            await SaveAsync(picture, "docs", "images", file + ".png");
        }
    }

    /// <summary>Tab visits what can be used in the order in which it is read, and each stop can be seen.</summary>
    private async Task CheckFocusAsync()
    {
        var expected = await Page.EvaluateAsync<string[]>(Scripts.Focusable);
        await Page.EvaluateAsync("document.activeElement?.blur(); getSelection().removeAllRanges();");
        await Page.Locator("body").EvaluateAsync("body => { body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex'); }");
        var visited = new List<string>();
        var isDate = false;
        foreach (var _ in expected.Take(MostStops))
        {
            (var stop, isDate) = await StepAsync(visited.LastOrDefault(), isDate);
            visited.Add(stop);
        }

        Assert.Equal(expected.Take(MostStops), visited);
    }

    private const int MostStops = 60;
    private const int MostPartsOfDate = 8;

    /// <summary>Tab goes through the parts of a date and time, which the browser marks itself, before it leaves the field.</summary>
    private async Task<(string Stop, bool IsDate)> StepAsync(string? last, bool isDate)
    {
        for (var part = 1; ; part++)
        {
            await Page.Keyboard.PressAsync("Tab");
            var focused = await Page.EvaluateAsync<string[]>(Scripts.Focused);
            if (!isDate || part == MostPartsOfDate || !focused[0].EndsWith(last!, StringComparison.Ordinal))
            {
                return (focused[0], focused[1] == "datetime-local");
            }
        }
    }

    private static async Task SaveAsync(byte[] picture, params string[] path)
    {
        var file = Repository.Combine(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, picture);
    }
}
