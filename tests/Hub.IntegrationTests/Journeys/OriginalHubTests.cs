using System.Net;
using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.IntegrationTests.Journeys;

/// <summary>Holds the harness itself to the original: what the visitor does here works there.</summary>
public sealed class OriginalHubTests
{
    [Fact]
    public async Task The_visitor_of_these_tests_gets_along_with_the_original()
    {
        await using var hub = await OriginalHub.StartNewAsync();
        using var visitor = new HubVisitor(hub, "ada");

        await NotebookVisit.ComputeAsync(visitor);

        var stopped = await visitor.StopAsync();
        Assert.True(stopped.Status is HttpStatusCode.NoContent or HttpStatusCode.Accepted, stopped.Body);
        await visitor.WaitUntilStoppedAsync();
        var login = await visitor.SignOutAsync();
        Assert.Equal("/hub/login", login.Address.AbsolutePath);
    }
}
