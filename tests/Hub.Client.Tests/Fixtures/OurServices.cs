using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;

namespace JupyterHub.Client.Tests.Fixtures;

/// <summary>Our hub with the workspace as its users' server, an app of this process as a service, and a service that calls the API.</summary>
public sealed class OurServices : IAsyncLifetime
{
    private const string CallerToken = "the-token-of-the-caller-0123456789";
    private readonly int probe = FreePort.Find();

    internal HubProcess Hub { get; private set; } = null!;

    internal HubApp Probe { get; private set; } = null!;

    /// <summary>Calls the API as a service with every permission of an administrator.</summary>
    internal JupyterHubClient Caller { get; private set; } = null!;

    private string ApiUrl => new Uri(Hub.Address, "hub/api").ToString();

    public async Task InitializeAsync()
    {
        Hub = await HubProcess.StartNewAsync(hub =>
        {
            hub.HidePython();
            Configure(hub.Settings);
        });
        try
        {
            Probe = await HubApp.StartAsync(ApiUrl, "probe", probe, options => options.CacheLifetime = TimeSpan.FromMilliseconds(100));
            var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
            Caller = new(http, new() { ApiUrl = ApiUrl, ApiToken = CallerToken });
        }
        catch
        {
            await Hub.DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        await Probe.DisposeAsync();
        await Hub.DisposeAsync();
    }

    private void Configure(JsonObject settings)
    {
        settings["AllowNamedServers"] = true;
        settings["Services"] = new JsonArray(
            new JsonObject { ["Name"] = "caller", ["ApiToken"] = CallerToken },
            new JsonObject { ["Name"] = "probe", ["ApiToken"] = HubApp.ApiToken, ["Url"] = $"http://127.0.0.1:{probe}", ["OauthNoConfirm"] = true });
        settings["LoadRoles"] = new JsonArray(
            new JsonObject { ["Name"] = "admin", ["Services"] = new JsonArray("caller"), ["Users"] = new JsonArray("admin") },
            new JsonObject { ["Name"] = "visitors", ["Scopes"] = new JsonArray("access:services"), ["Users"] = new JsonArray("ada") });
    }
}
