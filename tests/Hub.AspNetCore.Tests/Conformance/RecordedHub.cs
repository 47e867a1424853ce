using System.Text.Json.Nodes;
using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Tests.Conformance;

/// <summary>What the conformance tests share about the hubs that were recorded.</summary>
internal static class RecordedHub
{
    public static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(Repository.Data(file)))!.AsObject();

    /// <summary>Lets a user into another's server.</summary>
    public static async Task ShareAsync(HubHost host, string owner, string server, string user)
    {
        var ownerId = (await host.Data.UserAsync(owner)).Id;
        var spawner = (await host.Data.ListAsync<HubSpawner>()).Single(row => row.UserId == ownerId && row.Name == server);
        await host.Data.AddAsync(new Share
        {
            OwnerId = ownerId,
            SpawnerId = spawner.Id,
            UserId = (await host.Data.UserAsync(user)).Id,
            Scopes = [$"access:servers!server={owner}/{server}"],
            CreatedAt = TimeProvider.System.GetHubTime(),
        });
    }

    public static string[] Texts(JsonNode? list) => [.. list?.AsArray().Select(item => (string)item!) ?? []];
}
