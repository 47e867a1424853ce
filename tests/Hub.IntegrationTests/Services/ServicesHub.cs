using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;

namespace JupyterHub.IntegrationTests.Services;

/// <summary>A hub that runs three services by three frameworks; <c>ada</c> may use them.</summary>
public sealed class ServicesHub : IAsyncLifetime
{
    internal HubProcess Hub { get; } = new();

    internal static JsonObject Declare(HubProcess hub, string name, string script) => new()
    {
        ["Name"] = name,
        ["Url"] = "http://127.0.0.1:0",
        ["Command"] = new JsonArray("/usr/bin/python3", script),
        ["OauthNoConfirm"] = true,
        ["Timeout"] = (int)Eventually.Deadline.TotalSeconds,
        ["Environment"] = new JsonObject { [MarkedProcesses.Variable] = hub.Spawner["Environment"]![MarkedProcesses.Variable]!.DeepClone() },
    };

    public async Task InitializeAsync()
    {
        string[] frameworks = ["flask", "tornado", "fastapi"];
        Hub.Settings["Services"] = new JsonArray([.. frameworks.Select(framework =>
            Declare(Hub, framework, Repository.Combine("tests", "Hub.IntegrationTests", "Services", "Scripts", $"{framework}_service.py")))]);
        Hub.Settings["LoadRoles"] = new JsonArray(new JsonObject
        {
            ["Name"] = "visitor",
            ["Scopes"] = new JsonArray([.. frameworks.Select(framework => JsonValue.Create($"access:services!service={framework}"))]),
            ["Users"] = new JsonArray("ada"),
        });
        await Hub.StartAsync();
    }

    public async Task DisposeAsync() => await Hub.DisposeAsync();
}
