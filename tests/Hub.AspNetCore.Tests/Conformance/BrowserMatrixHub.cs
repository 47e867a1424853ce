using System.Text.Json.Nodes;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Tests.Conformance;

/// <summary>The hub of browser-matrix-hub.json after the setup of browser-matrix.json; shared by all cases.</summary>
public sealed class BrowserMatrixHub : IAsyncLifetime
{
    private readonly Dictionary<string, Task<HubBrowser>> sessions = new(StringComparer.Ordinal);

    internal static JsonObject Matrix { get; } = RecordedHub.Read("browser-matrix.json");

    internal HubHost Host { get; private set; } = null!;

    internal Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        var settings = RecordedHub.Read("browser-matrix-hub.json")["JupyterHub"]!.AsObject();
        Host = await HubHost.StartAsync(setup =>
        {
            setup.ConfigurationFile = "browser-matrix-hub.json";
            setup.Settings["Spawner:Command:0"] = "/usr/bin/python3";
            setup.Settings["Spawner:HttpTimeout"] = "600";
            foreach (var (index, argument) in RecordedHub.Texts(settings["Spawner"]!["Command"]).Index().Skip(1))
            {
                setup.Settings[$"Spawner:Command:{index}"] = argument;
            }
        });
        var start = await Host.Get<ServerSupervisor>().StartAsync("ada", "", new(UserOptions: []), CancellationToken.None);
        Assert.Null(await start.Completion.WaitAsync(Eventually.Deadline));
        await Host.Data.SpawnerAsync("ada", "lab");
        foreach (var name in new[] { "ada", "grace", "root" })
        {
            Variables[$"token:{name}"] = await Host.Data.UserTokenAsync(name);
        }

        using var environment = await Host.SendAsync("GET", "/user/ada/env");
        Variables["secret:ada"] = (string)(await environment.JsonAsync())["JUPYTERHUB_API_TOKEN"]!;
        Variables["base"] = Host.Url.GetLeftPart(UriPartial.Authority);
        Variables["host"] = Host.Url.Authority;
        Variables["port"] = Host.Url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var service in settings["Services"]!.AsArray())
        {
            Variables[$"token:{(string)service!["Name"]!}"] = (string)service["ApiToken"]!;
        }

        await ShareAsync();
    }

    public Task DisposeAsync() => Host.DisposeAsync().AsTask();

    /// <summary>The browser of a session as it was after its login.</summary>
    internal Task<HubBrowser> SessionAsync(string name)
    {
        if (!sessions.TryGetValue(name, out var session))
        {
            sessions[name] = session = OpenAsync(name);
        }

        return session;
    }

    /// <summary>Waits until a user's server is ready or gone.</summary>
    internal Task WaitAsync(string userName) =>
        Eventually.TrueAsync(() => Host.Get<ServerSupervisor>().GetStatus(userName, "").Pending is null);

    private async Task ShareAsync()
    {
        await Host.Data.UserAsync("barbara");
        using var share = await Host.SendAsync("POST", "/hub/api/shares/ada/", Variables["token:tester"], Answers.Json("""{"user": "barbara"}"""));
        Assert.Equal(HttpStatusCode.OK, share.StatusCode);
        using var code = await Host.SendAsync("POST", "/hub/api/share-codes/ada/", Variables["token:tester"], Answers.Json("{}"));
        Variables["share"] = (string)(await code.JsonAsync())["code"]!;
    }

    private async Task<HubBrowser> OpenAsync(string name)
    {
        var browser = Host.Browser();
        browser.Headers["User-Agent"] = MatrixPlayer.UserAgent;
        if (name == "anon")
        {
            using var page = await browser.GetAsync("/hub/login");
        }
        else
        {
            using var answer = await browser.SignInAsync(name.Split('.')[0], "pw");
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        return browser;
    }
}
