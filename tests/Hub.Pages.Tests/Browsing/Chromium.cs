using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Browsing;

/// <summary>One headless Chromium, the system's own, for all tests that run: what keeps visitors apart are their contexts.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static int users;
    private static IPlaywright? playwright;
    private static IBrowser? browser;

    internal IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Gate.WaitAsync();
        try
        {
            users++;
            Browser = browser ??= await LaunchAsync();
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>The last one turns out the light.</summary>
    public async Task DisposeAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (--users == 0 && browser is not null)
            {
                await browser.DisposeAsync();
                playwright?.Dispose();
                browser = null;
            }
        }
        finally
        {
            Gate.Release();
        }
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        // A machine with much to do is slow, which is no defect of a page: expectations have the patience of all other waiting.
        Assertions.SetDefaultExpectTimeout((float)Eventually.Deadline.TotalMilliseconds);
        playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program(),
            Headless = true,
            Timeout = (float)Eventually.Deadline.TotalMilliseconds,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    private static string Program()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("The tests of pages need Chromium on the PATH.");
    }
}
