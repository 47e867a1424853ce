using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Browsing;

/// <summary>A person without a mouse: things are reached by Tab and used by the keys that browsers give them.</summary>
internal sealed class Keyboard(IPage page)
{
    private const int MostStops = 150;

    /// <summary>Goes on by Tab, and at the end of the page from its start, until what the selector names has the focus.</summary>
    public async Task ReachAsync(string selector)
    {
        await page.Locator(selector).First.WaitForAsync();
        for (var stops = 0; stops < MostStops; stops++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} at {page.Url} is not reached by {MostStops} times Tab.");
    }

    public async Task PressAsync(string selector, string key = "Enter")
    {
        await ReachAsync(selector);
        await page.Keyboard.PressAsync(key);
    }

    public async Task TypeAsync(string selector, string text)
    {
        await ReachAsync(selector);
        await page.Keyboard.TypeAsync(text);
    }
}
