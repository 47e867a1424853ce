using System.Net;
using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.IntegrationTests.Journeys;

/// <summary>The first half of a journey, the same at every hub: sign in, start, open the notebook, run code.</summary>
internal static class NotebookVisit
{
    public static async Task<KernelClient> ComputeAsync(HubVisitor visitor)
    {
        await visitor.MustSignInAsync();
        await visitor.StartAndWaitAsync();
        await OpenNotebookAsync(visitor);

        var kernel = new KernelClient(visitor.Browser, visitor.ServerPath);
        await kernel.CreateAsync();
        Assert.Equal("42", await kernel.ExecuteAsync("answer = 6*7\nanswer"));
        return kernel;
    }

    /// <summary>The first visit goes through the hub: the server asks who this is, the hub answers, the page comes.</summary>
    public static async Task OpenNotebookAsync(HubVisitor visitor)
    {
        var page = await visitor.Browser.OpenAsync(visitor.ServerPath);

        page.MustBe(HttpStatusCode.OK);
        Assert.Equal(visitor.ServerPath + "tree", page.Address.AbsolutePath.TrimEnd('/'));
        Assert.Contains(visitor.Browser.Hops, hop => hop.Contains("/hub/api/oauth2/authorize?", StringComparison.Ordinal));
        Assert.Contains(visitor.Browser.Hops, hop => hop.Contains(visitor.ServerPath + "oauth_callback?", StringComparison.Ordinal));
    }
}
