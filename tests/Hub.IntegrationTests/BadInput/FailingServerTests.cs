using JupyterHub.Testing;
using System.Net;
using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.IntegrationTests.BadInput;

/// <summary>Servers that do not come up: the page and the API say why, nothing is left behind, the hub lives.</summary>
public sealed class FailingServerTests
{
    [Fact]
    public Task A_command_that_does_not_exist_is_named() =>
        AssertFailsAsync("no-such-program-anywhere", hub => hub.Spawner["Command"] = new JsonArray("no-such-program-anywhere"));

    [Fact]
    public Task A_server_that_exits_at_once_leaves_its_status_and_its_last_words() =>
        AssertFailsAsync("my last words", hub => hub.Spawner["Command"] = new JsonArray("sh", "-c", "echo my last words >&2; exit 3", "singleuser"));

    [Fact]
    public Task A_server_that_never_listens_is_given_up() =>
        AssertFailsAsync("", hub =>
        {
            hub.Spawner["Command"] = new JsonArray("sleep", "3600");
            hub.Spawner["Args"] = new JsonArray();
            hub.Spawner["StartTimeout"] = 3;
            hub.Spawner["HttpTimeout"] = 3;
        });

    private static async Task AssertFailsAsync(string reason, Action<HubProcess> configure)
    {
        await using var hub = await HubProcess.StartNewAsync(configure);
        using var visitor = new HubVisitor(hub, "ada");
        await visitor.MustSignInAsync();

        var answer = await visitor.StartAsync();
        Assert.True((int)answer.Status is >= 500 or 202, $"{(int)answer.Status} {answer.Body}");
        var last = (await visitor.WatchProgressAsync())[^1];
        Assert.True(last["failed"]!.GetValue<bool>(), last.ToJsonString());
        Assert.Contains(reason, last["message"]!.GetValue<string>(), StringComparison.Ordinal);
        if (answer.Status != HttpStatusCode.Accepted)
        {
            Assert.Contains(reason, answer.Json["message"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        var home = await visitor.Browser.OpenAsync("/hub/home");
        home.MustBe(HttpStatusCode.OK);
        Assert.Contains(reason, WebUtility.HtmlDecode(home.Body), StringComparison.Ordinal);
        Assert.Null(await visitor.ServerAsync());
        await Eventually.TrueAsync("no process is left", () => hub.Servers().Count == 0);
    }
}
