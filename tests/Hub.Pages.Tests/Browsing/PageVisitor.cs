using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Browsing;

/// <summary>
/// A person at a browser of their own, signed in or not. Whatever the content security policy blocks, and whatever a script of a page throws,
/// fails the test at its end.
/// </summary>
internal sealed class PageVisitor : IAsyncDisposable
{
    public const int Wide = 1200;
    public const int Narrow = 390;

    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> problems = new();
    private bool mayHaveProblems;

    private PageVisitor(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.PageError += (_, error) => problems.Enqueue($"{error} (at {page.Url})");
        page.Console += (_, message) =>
        {
            // Pages that tell of an error are answered with one: the browser's own line about the status is no problem of the page.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource: the server responded with a status of", StringComparison.Ordinal))
            {
                problems.Enqueue($"{message.Text} ({message.Location})");
            }
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400 && response.Request.ResourceType is "script" or "stylesheet" or "image")
            {
                problems.Enqueue($"{response.Url} answered {response.Status}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, of the content security policy, and files of pages that are missing.</summary>
    public IReadOnlyList<string> Problems => [.. problems];

    public static Task<PageVisitor> ArriveAsync(Chromium chromium, HubHost host, bool hasScripts = true, string language = "en-GB") =>
        ArriveAsync(chromium, host.Url, hasScripts, language);

    /// <summary>A person at a hub that runs as a process of its own.</summary>
    public static async Task<PageVisitor> ArriveAsync(Chromium chromium, Uri hub, bool hasScripts = true, string language = "en-GB")
    {
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = hub.ToString(),
            ColorScheme = ColorScheme.Light,
            JavaScriptEnabled = hasScripts,
            Locale = language,
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "UTC",
            ViewportSize = new ViewportSize { Width = Wide, Height = 800 },
        });
        context.SetDefaultTimeout((float)Eventually.Deadline.TotalMilliseconds);
        return new PageVisitor(context, await context.NewPageAsync());
    }

    /// <summary>A person who has signed in through the form.</summary>
    public static async Task<PageVisitor> SignInAsync(Chromium chromium, HubHost host, string userName, bool hasScripts = true, string language = "en-GB")
    {
        var visitor = await ArriveAsync(chromium, host, hasScripts, language);
        await visitor.Page.GotoAsync("/hub/login?next=%2Fhub%2Fhome");
        await visitor.Page.FillAsync("#username_input", userName);
        await visitor.Page.FillAsync("#password_input", HubHost.Password);
        await visitor.Page.ClickAsync("#login_submit");
        await visitor.Page.WaitForURLAsync("**/hub/home");
        return visitor;
    }

    public Task<IResponse?> GoAsync(string path) => Page.GotoAsync(path);

    /// <summary>What went wrong so far; it fails the test no more.</summary>
    public IReadOnlyList<string> TakeProblems()
    {
        var taken = new List<string>();
        while (problems.TryDequeue(out var problem))
        {
            taken.Add(problem);
        }

        return taken;
    }

    /// <summary>The page is one that has problems: those that the browser tells later do not fail the test either.</summary>
    public void ExpectProblems() => mayHaveProblems = true;

    /// <summary>Checks that the page as it stands can be used by everybody, and takes its four pictures.</summary>
    public Task InspectAsync(string name) => new PageInspection(this, name).RunAsync();

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.True(mayHaveProblems || problems.IsEmpty, string.Join('\n', problems));
    }
}
