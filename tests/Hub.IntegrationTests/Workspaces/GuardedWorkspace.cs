using System.Net;
using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.IntegrationTests.Workspaces;

/// <summary>The workspace of ada, running.</summary>
public sealed class GuardedWorkspace : IAsyncLifetime
{
    internal HubProcess Hub { get; } = new();

    internal HubVisitor Ada { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Hub.HidePython();
        Ada = new HubVisitor(Hub, "ada");
        try
        {
            await Hub.StartAsync();
            await Ada.MustSignInAsync();
            await Ada.StartAndWaitAsync();
            (await Ada.Browser.OpenAsync("/user/ada/")).MustBe(HttpStatusCode.OK);
        }
        catch
        {
            // xunit disposes only of what was set up to the end.
            await DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        Ada.Dispose();
        await Hub.DisposeAsync();
    }
}
