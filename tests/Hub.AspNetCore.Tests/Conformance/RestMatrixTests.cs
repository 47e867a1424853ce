using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Tests.Conformance;

/// <summary>Services and users with all kinds of scopes are answered as the original answered them (rest-matrix.json).</summary>
public sealed class RestMatrixTests
{
    private static readonly JsonObject Matrix = RecordedHub.Read("rest-matrix.json");

    [Fact]
    public async Task Every_principal_is_answered_as_recorded()
    {
        await using var host = await StartAsync();
        var tokens = await TokensAsync(host);
        var failures = new List<string>();
        var requests = Matrix["requests"]!.AsArray();
        var played = 0;
        foreach (var (principal, row) in Matrix["rows"]!.AsObject())
        {
            for (var index = 0; index < requests.Count; index++)
            {
                var request = requests[index]!;
                if (!IsServed($"{request[0]} {request[1]}"))
                {
                    continue;
                }

                played++;
                var expected = Matrix["answers"]![(int)row![index]!]!;
                if (await DifferenceAsync(host, tokens[principal], request, expected) is { } difference)
                {
                    failures.Add($"{principal} {request[0]} {request[1]}: {difference}");
                }
            }
        }

        Assert.True(played > 800, $"only {played} cases were played");
        Assert.True(failures.Count == 0, $"{failures.Count} of {played} differ:\n{string.Join('\n', failures.Take(60))}");
    }

    private static async Task<HubHost> StartAsync()
    {
        var host = await HubHost.StartAsync(setup =>
        {
            setup.Hub = hub => hub.AllowNamedServers = true;
            setup.Spawner = simple => simple.Command = ["false"];
        });
        await RecordedHub.SeedAsync(host, RecordedHub.Read("rest-matrix-hub.json")["JupyterHub"]!.AsObject());
        foreach (var name in new[] { "ada", "grace", "edsger" })
        {
            await host.Data.UserAsync(name);
        }

        await host.Data.SpawnerAsync("ada");
        await host.Data.AddAsync(new HubSpawner { UserId = (await host.Data.UserAsync("ada")).Id, Name = "lab", DisplayName = "Lab", UserOptions = new() { ["size"] = "s" } });
        return host;
    }

    private static async Task<Dictionary<string, string?>> TokensAsync(HubHost host)
    {
        var tokens = Matrix["rows"]!.AsObject().ToDictionary(row => row.Key, row => (string?)$"{row.Key}-token-0123456789abcdef", StringComparer.Ordinal);
        tokens["user-ada"] = await host.Data.UserTokenAsync("ada");
        tokens["user-root"] = await host.Data.UserTokenAsync("root");
        tokens["user-grace-limited"] = await host.Data.UserTokenAsync("grace", "list:users");
        tokens["user-root-limited"] = await host.Data.UserTokenAsync("root", "list:users", "read:users:activity");
        tokens["anonymous"] = null;
        tokens["unknown-token"] = new string('0', 32);
        return tokens;
    }

    private static async Task<string?> DifferenceAsync(HubHost host, string? token, JsonNode request, JsonNode expected)
    {
        var options = request[2]!;
        var body = options["raw"] is { } raw ? Answers.Json((string)raw!) : options["body"] is { } json ? Answers.Json(json.ToJsonString()) : null;
        using var answer = await host.SendAsync((string)request[0]!, "/hub/api" + (string)request[1]!, token, body);
        var text = await answer.TextAsync();
        var found = text.Length == 0 ? null : JsonNode.Parse(text);
        if ((int)answer.StatusCode != (int)expected[0]!)
        {
            return $"{(int)answer.StatusCode}, not {expected[0]}: {text}";
        }

        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        return type == (string)expected[1]! ? Difference(expected[2], found) : $"{type}, not {expected[1]}";
    }

    private static string? Difference(JsonNode? wanted, JsonNode? found)
    {
        switch (wanted)
        {
            case JsonValue text when text.TryGetValue(out string? word) && word.StartsWith('<') && word.EndsWith('>'):
                return null;
            case JsonObject members when found is JsonObject other:
                var keys = members.Select(member => member.Key).Order(StringComparer.Ordinal).ToList();
                return keys.SequenceEqual(other.Select(member => member.Key).Order(StringComparer.Ordinal))
                    ? keys.Where(key => key != "last_activity").Select(key => Difference(members[key], other[key])).FirstOrDefault(difference => difference is not null)
                    : $"{other.ToJsonString()}, not {members.ToJsonString()}";
            case JsonArray items when found is JsonArray others:
                return Sorted(items).SequenceEqual(Sorted(others)) ? null : $"{others.ToJsonString()}, not {items.ToJsonString()}";
            case null when found is JsonObject { Count: 0 }:
                // Contract 20: whether state and options are null or {} depended on what was in memory; ours are {}.
                return null;
            default:
                return JsonNode.DeepEquals(wanted, found) ? null : $"{found?.ToJsonString() ?? "null"}, not {wanted?.ToJsonString() ?? "null"}";
        }
    }

    private static IEnumerable<string> Sorted(JsonArray items) => items.Select(item => item!.ToJsonString()).Order(StringComparer.Ordinal);

    /// <summary>The requests that this version has no endpoint for yet; the rest is played.</summary>
    private static readonly string[] NotServed =
    [
        @"^GET /info",
        @"^(GET|POST|PUT|DELETE|OPTIONS|HEAD) /users(\?.*)?$",
        @"^(PATCH|DELETE) /users/\w+$",
        @"^(GET|POST|DELETE) /users/\w+/tokens",
        @"^\w+ /authorizations/",
        @"^\w+ /groups",
        @"^\w+ /services",
        @"^\w+ /share(s|-codes)/",
        @"^\w+ /users/\w+/shared",
        @"^\w+ /groups/\w+/shared",
        @"^\w+ /proxy",
        @"^POST /shutdown",
    ];

    private static bool IsServed(string request) => !NotServed.Any(pattern => Regex.IsMatch(request, pattern));
}
