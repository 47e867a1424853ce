using JupyterHub.Testing;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>What people do at a hub, by its pages and by the calls that its pages make.</summary>
internal sealed class HubVisitor(IHubUnderTest hub, string user) : IDisposable
{
    public Browser Browser { get; } = new(hub.Address);

    public string Name => user;

    public string ServerPath => $"/user/{Uri.EscapeDataString(user)}/";

    private string ApiPath => $"/hub/api/users/{Uri.EscapeDataString(user)}";

    /// <summary>Fills in the form; the page that comes after it.</summary>
    public async Task<Page> SignInAsync(string? password = null, string? next = null)
    {
        var query = next is null ? "" : $"?next={Uri.EscapeDataString(next)}";
        var form = await Browser.OpenAsync("/hub/login" + query);
        form.MustBe(HttpStatusCode.OK);
        return await Browser.SubmitOnceAsync(
            "/hub/login" + query,
            ("username", user),
            ("password", password ?? hub.UserPassword),
            ("_xsrf", form.Field("_xsrf") ?? Browser.Cookies.Find("/hub/login", "_xsrf")?.Value ?? ""));
    }

    public async Task MustSignInAsync()
    {
        var page = await SignInAsync();
        Assert.True(page.Status == HttpStatusCode.Found, $"Signing in answered {(int)page.Status}.\n{page.Body}\n{hub.Output}");
    }

    public Task<Page> SignOutAsync() => Browser.OpenAsync("/hub/logout");

    /// <summary>Signs out, then calls with all that was held before.</summary>
    public async Task<Page> SignOutAndReplayAsync(string path)
    {
        using var thief = new Browser(hub.Address, new CookieJar(Browser.Cookies));
        await SignOutAsync();
        return await thief.CallAsync(HttpMethod.Get, path);
    }

    /// <summary>Asks for the default server as the home page's button does.</summary>
    public Task<Page> StartAsync(JsonNode? options = null, CancellationToken cancellation = default) =>
        Browser.CallAsync(HttpMethod.Post, ApiPath + "/server", options, cancellation);

    public Task<Page> StopAsync() => Browser.CallAsync(HttpMethod.Delete, ApiPath + "/server");

    public async Task<JsonNode> ModelAsync()
    {
        var page = await Browser.CallAsync(HttpMethod.Get, ApiPath);
        page.MustBe(HttpStatusCode.OK);
        return page.Json;
    }

    /// <summary>The default server as the API shows it; null when there is none running or starting.</summary>
    public async Task<JsonNode?> ServerAsync() => (await ModelAsync())["servers"]?[""];

    public async Task WaitUntilStoppedAsync() =>
        await Eventually.TrueAsync("the server is stopped", async () => await ServerAsync() is not { } server || server["stopped"]?.GetValue<bool>() == true);

    /// <summary>Listens to the progress until it ends; all its events.</summary>
    public async Task<IReadOnlyList<JsonNode>> WatchProgressAsync()
    {
        using var patience = new CancellationTokenSource(Eventually.Deadline);
        using var response = await Browser.StreamAsync(ApiPath + "/server/progress", patience.Token);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"Progress answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(patience.Token)}");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token), Encoding.UTF8);
        var events = new List<JsonNode>();
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                events.Add(JsonNode.Parse(line["data:".Length..])!);
            }
        }

        return events;
    }

    /// <summary>Starts the server and sees it become ready.</summary>
    public async Task StartAndWaitAsync()
    {
        var started = await StartAsync();
        Assert.True(started.Status is HttpStatusCode.Created or HttpStatusCode.Accepted, $"{(int)started.Status} {started.Body}\n{hub.Output}");
        var last = (await WatchProgressAsync())[^1];
        Assert.True(last["ready"]?.GetValue<bool>() == true, $"{last.ToJsonString()}\n{hub.Output}");
    }

    public void Dispose() => Browser.Dispose();
}
