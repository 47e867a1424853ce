using JupyterHub.Testing;
using Microsoft.Playwright;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>A headless Chromium, the system's own; its pictures go to <c>artifacts/screenshots</c>.</summary>
internal sealed class ChromiumBrowser : IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly List<string> problems = [];

    private ChromiumBrowser(IPlaywright playwright, IBrowser browser, IPage page)
    {
        this.playwright = playwright;
        this.browser = browser;
        Page = page;
        page.PageError += (_, error) => problems.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                problems.Add($"{message.Text} ({message.Location})");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts and of the content security policy.</summary>
    public IReadOnlyList<string> Problems => problems;

    public static async Task<ChromiumBrowser> LaunchAsync(Uri origin, ColorScheme scheme = ColorScheme.Light)
    {
        Assertions.SetDefaultExpectTimeout((float)Eventually.Deadline.TotalMilliseconds);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Programs.OnPath("chromium", "chromium-browser", "google-chrome"),
            Headless = true,
            Timeout = (float)Eventually.Deadline.TotalMilliseconds,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions
        {
            BaseURL = origin.ToString(),
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = 1200, Height = 760 },
        });

        // Of the windows that it opens as well.
        page.Context.SetDefaultTimeout((float)Eventually.Deadline.TotalMilliseconds);
        return new ChromiumBrowser(playwright, browser, page);
    }

    /// <summary>Takes a picture; with <c>UPDATE_SCREENSHOTS=1</c> it becomes the documentation's.</summary>
    public async Task ShootAsync(string name, IPage? page = null)
    {
        var picture = await (page ?? Page).ScreenshotAsync();
        await SaveAsync(picture, "artifacts", "screenshots", name + ".png");
        if (Environment.GetEnvironmentVariable("UPDATE_SCREENSHOTS") == "1")
        {
            await SaveAsync(picture, "docs", "images", name + ".png");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static async Task SaveAsync(byte[] picture, params string[] path)
    {
        var file = Repository.Combine(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, picture);
    }
}
