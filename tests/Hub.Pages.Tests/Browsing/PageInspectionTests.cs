namespace JupyterHub.Pages.Tests.Browsing;

/// <summary>The inspection that all pages pass finds what it is there for.</summary>
public sealed class PageInspectionTests(Chromium chromium, HubFixture fixture) : IClassFixture<Chromium>, IClassFixture<HubFixture>
{
    [Theory]
    [InlineData("document.querySelector('main').append(document.createElement('input'))", "Light:\nlabel (")]
    [InlineData("document.querySelector('main').setAttribute('role', 'nonsense')", "Light:\naria-roles (")]
    [InlineData("document.querySelector('h1').style.color = '#ccc'", "Light:\ncolor-contrast (")]
    [InlineData("document.querySelector('h1').style.color = '#222'", "Dark:\ncolor-contrast (")]
    [InlineData("document.querySelector('main').style.minWidth = '2000px'", "px wide on a screen of 1200 px")]
    [InlineData("document.querySelectorAll('a, button').forEach(stop => stop.style.outline = 'none')", "no mark of focus")]
    public async Task What_keeps_somebody_out_is_found(string flaw, string found)
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, fixture.Host, "ada");
        await visitor.Page.EvaluateAsync(flaw);

        var problem = await Assert.ThrowsAnyAsync<Exception>(() => visitor.InspectAsync("flaw"));

        Assert.Contains(found, problem.Message, StringComparison.Ordinal);
    }
}
