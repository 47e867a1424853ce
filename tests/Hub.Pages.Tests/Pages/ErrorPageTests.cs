using JupyterHub.Pages.Tests.Browsing;

namespace JupyterHub.Pages.Tests.Pages;

/// <summary>Errors as a person meets them.</summary>
public sealed class ErrorPageTests(Chromium chromium, HubFixture fixture) : IClassFixture<Chromium>, IClassFixture<HubFixture>
{
    [Fact]
    public async Task What_is_not_there_is_told_with_a_way_back()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, fixture.Host, "ada");
        var answer = await visitor.GoAsync("/hub/nothing");
        Assert.Equal(404, answer!.Status);
        await visitor.InspectAsync("error-404");
    }
}
