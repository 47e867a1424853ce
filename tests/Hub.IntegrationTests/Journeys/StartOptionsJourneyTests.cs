using System.Net;
using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.IntegrationTests.Journeys;

/// <summary>What a person chose in the form is what the real <c>jupyterhub-singleuser</c> and its kernels find.</summary>
public sealed class StartOptionsJourneyTests
{
    [Fact]
    public async Task A_choice_in_the_form_reaches_the_kernel()
    {
        await using var hub = await HubProcess.StartNewAsync(hub =>
        {
            hub.Spawner["Options"] = JsonNode.Parse("""
                [
                  { "Name": "memory", "Label": "Memory", "Kind": "integer", "Minimum": 1, "Maximum": 64, "Default": 4, "Unit": "GB" },
                  { "Name": "project", "Kind": "text", "Required": true, "Pattern": "[a-z ']+" },
                  { "Name": "gpu", "Kind": "boolean" }
                ]
                """);
            hub.Spawner["EnvironmentFromOptions"] = new JsonObject { ["MEMORY_GB"] = "memory", ["PROJECT"] = "project", ["GPU"] = "gpu" };
        });
        using var visitor = new HubVisitor(hub, "ada");
        await visitor.MustSignInAsync();

        var form = await visitor.Browser.OpenAsync("/hub/spawn");
        form.MustBe(HttpStatusCode.OK);
        Assert.Equal("4", form.Field("memory"));
        var refused = await SubmitAsync(visitor, form, "99", "dark matter");
        refused.MustBe(HttpStatusCode.BadRequest);
        Assert.Equal("99", refused.Field("memory"));
        Assert.Equal("dark matter", refused.Field("project"));
        var started = await SubmitAsync(visitor, refused, "8", "ada's dark matter");
        Assert.Equal("/hub/spawn-pending/ada", started.Location?.AbsolutePath);
        Assert.True((await visitor.WatchProgressAsync())[^1]["ready"]?.GetValue<bool>() == true, hub.Output);

        await NotebookVisit.OpenNotebookAsync(visitor);
        var kernel = new KernelClient(visitor.Browser, visitor.ServerPath);
        await kernel.CreateAsync();
        Assert.Equal("8|ada's dark matter|false", await kernel.ExecuteAsync("import os\nprint(os.environ['MEMORY_GB'], os.environ['PROJECT'], os.environ['GPU'], sep='|')"));
    }

    private static Task<Page> SubmitAsync(HubVisitor visitor, Page form, string memory, string project) =>
        visitor.Browser.SubmitOnceAsync("/hub/spawn", ("_xsrf", form.Field("_xsrf")!), ("_form", "yes"), ("memory", memory), ("project", project), ("gpu", "false"));
}
