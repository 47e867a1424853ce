using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Tests.Fixtures;
using JupyterHub.Core.Addressing;
using JupyterHub.Testing;

namespace JupyterHub.AspNetCore.Tests.Databases;

/// <summary>A database that JupyterHub 6.0 wrote opens in place, and what its tokens gave they give here.</summary>
public sealed class ExistingDatabaseTests
{
    [Fact]
    public async Task Tokens_of_a_database_that_the_original_wrote_work_with_the_scopes_they_had()
    {
        using var folder = new TestFolder();
        var file = folder.Combine("brought-along.sqlite");
        File.Copy(Repository.Data("databases", "6.0.0b2.sqlite"), file);
        var recorded = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Data("databases", "6.0.0b2.json")))!;
        var configuration = folder.Combine("operator.json");
        await File.WriteAllTextAsync(configuration, RecordedConfiguration.Create(recorded).ToJsonString());
        await using var hub = await HubHost.StartAsync(setup =>
        {
            setup.ConfigurationFile = configuration;
            setup.Hub = options => options.Database.ConnectionString = $"Data Source={file}";
        });
        var ofServers = recorded["tokens"]!.AsArray().Where(IsOfServer).Select(token => token!["token"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(ofServers);
        var accepted = 0;
        foreach (var token in recorded["after_upgrade_to_6.0.0b2"]!["tokens"]!.AsArray())
        {
            var value = token!["token"]!.GetValue<string>();
            using var answer = await hub.SendAsync("GET", "/hub/api/user", value);
            var why = token.ToJsonString();
            if (!token["valid"]!.GetValue<bool>() || ofServers.Contains(value))
            {
                Assert.True((int)answer.StatusCode == 403, why);
                continue;
            }

            Assert.True((int)answer.StatusCode == 200, why);
            var user = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.Equal(token["owner"]!.GetValue<string>(), $"{user["kind"]}:{user["name"]}");
            Assert.Equal(Reduced(token["resolved_scopes"]!), Reduced(user["scopes"]!));
            accepted++;
        }

        Assert.True(accepted >= 12, $"{accepted} tokens");
    }

    /// <summary>The recorded servers' processes do not exist: the hub notices at its start, and the tokens of a server and for it end with it.</summary>
    private static bool IsOfServer(JsonNode? token) =>
        token!["note"]?.GetValue<string>() == $"Server at {PathNames.UserPath("/", token["owner"]!["name"]!.GetValue<string>())}"
        || token["client_id"]?.GetValue<string>().StartsWith("jupyterhub-user-", StringComparison.Ordinal) == true;

    /// <summary>Without what adds nothing to an unfiltered scope, which the original lists besides.</summary>
    private static IEnumerable<string> Reduced(JsonNode scopes)
    {
        var all = scopes.AsArray().Select(scope => scope!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        return all
            .Where(scope => !scope.Contains('!', StringComparison.Ordinal) || !all.Contains(scope[..scope.IndexOf('!', StringComparison.Ordinal)]))
            .Order(StringComparer.Ordinal);
    }
}
