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

                played++;
                var expected = Matrix["answers"]![(int)row![index]!]!;
                if (await DifferenceAsync(host, tokens.TryGetValue(principal, out var token) ? token : TokenOf(principal), request, expected) is { } difference)
                {
                    failures.Add($"{principal} {request[0]} {request[1]}: {difference}");
                }
            }
        }

        Assert.True(played > 5_700, $"only {played} cases were played");
        Assert.True(failures.Count == 0, $"{failures.Count} of {played} differ:\n{string.Join('\n', failures.Take(60))}");
    }

    /// <summary>The hub as it stood when the recorder began: configured users, then what the recorder made through the API.</summary>
    private static async Task<HubHost> StartAsync()
    {
        var host = await HubHost.StartAsync(setup => setup.ConfigurationFile = "rest-matrix-hub.json");
        foreach (var name in new[] { "ada", "grace", "edsger" })
        {
            using var made = await host.SendAsync("POST", $"/hub/api/users/{name}", TokenOf("tester"));
            Assert.Equal(name == "edsger" ? HttpStatusCode.Created : HttpStatusCode.Conflict, made.StatusCode);
        }

        await host.Data.SpawnerAsync("ada");
        await host.Data.AddAsync(new HubSpawner { UserId = (await host.Data.UserAsync("ada")).Id, Name = "lab", DisplayName = "Lab", UserOptions = new() { ["size"] = "s" } });
        return host;
    }

    private static async Task<Dictionary<string, string?>> TokensAsync(HubHost host)
    {
        var tokens = new Dictionary<string, string?>(StringComparer.Ordinal) { ["anonymous"] = null, ["unknown-token"] = new string('0', 32) };
        foreach (var name in new[] { "ada", "grace", "edsger", "root" })
        {
            tokens[$"user-{name}"] = await MakeTokenAsync(host, name, "{}");
        }

        tokens["user-grace-limited"] = await MakeTokenAsync(host, "grace", """{"scopes": ["read:users:groups!user", "list:users!group=physics"]}""");
        tokens["user-ada-servers"] = await MakeTokenAsync(host, "ada", """{"scopes": ["servers!user"]}""");
        tokens["user-root-limited"] = await MakeTokenAsync(host, "root", """{"scopes": ["list:users", "read:users:activity"]}""");
        return tokens;
    }

    private static async Task<string> MakeTokenAsync(HubHost host, string user, string body)
    {
        using var made = await host.SendAsync("POST", $"/hub/api/users/{user}/tokens", TokenOf("tester"), Answers.Json(body));
        Assert.True(made.StatusCode == HttpStatusCode.Created, await made.TextAsync());
        return (string)(await made.JsonAsync())["token"]!;
    }

    /// <summary>The token that the configuration gives a service.</summary>
    private static string TokenOf(string service) => $"{service}-token-0123456789abcdef";

    private static async Task<string?> DifferenceAsync(HubHost host, string? token, JsonNode request, JsonNode expected)
    {
        var options = request[2]!;
        var message = host.NewRequest((string)request[0]!, "/hub/api" + (string)request[1]!);
        message.Content = options["raw"] is { } raw ? Answers.Json((string)raw!) : options["body"] is { } json ? Answers.Json(json.ToJsonString()) : null;
        if (token is not null)
        {
            message.Headers.Add("Authorization", $"token {token}");
        }

        if (options["accept"] is { } accept)
        {
            message.Headers.Add("Accept", (string)accept!);
        }

        using var answer = await host.Client.SendAsync(message);
        var text = await answer.TextAsync();
        if ((int)answer.StatusCode != (int)expected[0]!)
        {
            return $"{(int)answer.StatusCode}, not {expected[0]}: {text}";
        }

        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        if (type != (string)expected[1]!)
        {
            return $"{type}, not {expected[1]}";
        }

        var found = text.Length == 0 ? null : JsonNode.Parse(text.Replace(host.Url.GetLeftPart(UriPartial.Authority), "<host>", StringComparison.Ordinal));
        return Difference("", expected[2], found);
    }

    /// <summary>What the answer has in another way than was recorded: keys, types, values; null if nothing.</summary>
    private static string? Difference(string path, JsonNode? wanted, JsonNode? found)
    {
        switch (wanted)
        {
            case JsonValue list when list.TryGetValue(out string? word) && word == "<list>":
                return found is JsonArray ? null : $"{path} is {Shown(found)}, not a list";
            case JsonValue text when text.TryGetValue(out string? word) && Placeholder(word) is { } form:
                return found?.GetValueKind() == System.Text.Json.JsonValueKind.String && Regex.IsMatch((string)found!, form) ? null : $"{path} is {Shown(found)}, not {word}";
            case JsonObject members when found is JsonObject other:
                var keys = members.Select(member => member.Key).Order(StringComparer.Ordinal).ToList();
                return keys.SequenceEqual(other.Select(member => member.Key).Order(StringComparer.Ordinal))
                    ? keys.Select(key => Difference($"{path}.{key}", members[key], other[key])).FirstOrDefault(difference => difference is not null)
                    : $"{path} is {Shown(found)}, not {Shown(wanted)}";
            case JsonArray items when found is JsonArray others && items.Count == others.Count:
                var sorted = SortedLists.Contains(path[(path.LastIndexOf('.') + 1)..]) ? others.OrderBy(item => item!.ToJsonString(), StringComparer.Ordinal) : others.AsEnumerable();
                return items.Zip(sorted, (item, one) => Difference($"{path}[]", item, one)).FirstOrDefault(difference => difference is not null);
            case null when found is JsonObject { Count: 0 } && EmptyForNull.Any(key => path.EndsWith(key, StringComparison.Ordinal)):
                return null;
            default:
                return JsonNode.DeepEquals(wanted, found) ? null : $"{path} is {Shown(found)}, not {Shown(wanted)}";
        }
    }

    private static string Shown(JsonNode? node) => node?.ToJsonString() ?? "null";

    /// <summary>What stands for a value that varies, as a pattern of what may be there.</summary>
    private static string? Placeholder(string word) => word switch
    {
        "<time>" => @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$",
        "<id>" => @"^(a|sc_)\d+$",
        "<token_id>" => @"^a\d+$",
        "<token>" => "^[0-9a-f]{32}$",
        ['<', .., '>'] => ".",
        _ => null,
    };

    /// <summary>Contract 20: whether these are null or {} depended on what was in memory; ours are {}.</summary>
    private static readonly string[] EmptyForNull = [".servers..state", ".servers..user_options", ".state", ".user_options"];

    /// <summary>Lists whose order means nothing; the recording has them sorted.</summary>
    private static readonly string[] SortedLists = ["scopes", "roles", "groups", "users"];
}
