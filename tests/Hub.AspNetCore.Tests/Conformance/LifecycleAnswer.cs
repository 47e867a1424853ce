using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace JupyterHub.AspNetCore.Tests.Conformance;

/// <summary>One answer of the hub, to be compared with a recorded one; the readme of lifecycle-trace.json says what was normalised.</summary>
internal sealed partial class LifecycleAnswer
{
    /// <summary>Lists whose order means nothing.</summary>
    private static readonly string[] Unordered = ["scopes", "roles", "groups", "users", "headers"];

    /// <summary>Headers that stay of an echoed request.</summary>
    private static readonly string[] Echoed = ["authorization", "content-type", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto"];

    private LifecycleAnswer(int? status, string? type, JsonObject headers, string text, JsonNode? body) =>
        (Status, Type, Headers, Content, Body) = (status, type, headers, text, body);

    /// <summary>Nobody answered in time.</summary>
    public static LifecycleAnswer None { get; } = new(null, null, [], "", "<no answer>");

    public int? Status { get; }

    private string? Type { get; }

    private JsonObject Headers { get; }

    private string Content { get; }

    private JsonNode? Body { get; }

    public static async Task<LifecycleAnswer> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.TextAsync();
        var headers = new JsonObject();
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            headers[name] = string.Join(", ", values);
        }

        var type = answer.Content.Headers.ContentType?.MediaType;
        JsonNode? body = type switch
        {
            _ when text.Length == 0 => null,
            "application/json" => JsonNode.Parse(text),
            "text/event-stream" => new JsonArray([.. Events(text)]),
            _ => text,
        };
        return new LifecycleAnswer((int)answer.StatusCode, text.Length == 0 ? null : type, headers, text, body);
    }

    /// <summary>What a JSON pointer into status, headers and body leads to; null if there is nothing.</summary>
    public JsonNode? Find(string pointer)
    {
        var parts = pointer.Split('/').Skip(1).ToList();
        JsonNode? node = parts[0] switch { "status" => Status, "headers" => Headers, _ => Body };
        foreach (var part in parts.Skip(1))
        {
            node = node switch
            {
                JsonObject members => members[part],
                JsonArray items when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Count => items[index],
                _ => null,
            };
        }

        return node;
    }

    /// <summary>What differs; null if nothing does.</summary>
    /// <param name="expected">The recorded answer.</param>
    /// <param name="isWhole">Headers and body count, not the status alone.</param>
    /// <param name="mayHaveBody">Something may be said where the recording has no body.</param>
    public string? Difference(JsonObject expected, bool isWhole, bool mayHaveBody)
    {
        if ((int?)expected["status"] != Status)
        {
            return $"status {Status}, not {expected["status"]}: {Shown(Content)}";
        }

        if (!isWhole)
        {
            return null;
        }

        foreach (var (name, value) in expected["headers"]?.AsObject() ?? [])
        {
            if (TextDifference((string)value!, (string?)Headers[name] ?? "") is { } difference)
            {
                return $"{name}: {difference}";
            }
        }

        if (expected["body"] is null && expected["type"] is null)
        {
            return mayHaveBody || Body is null ? null : $"a body where none was: {Shown(Content)}";
        }

        return (string?)expected["type"] == Type || (expected["body"] is null && Body is null) ? BodyDifference(expected["body"], Body, "") : $"{Type}, not {expected["type"]}: {Shown(Content)}";
    }

    private static IEnumerable<JsonNode?> Events(string stream) =>
        stream.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line[6..]));

    private static string Shown(string text) => text.Length <= 600 ? text : text[..600] + "…";

    private static string? BodyDifference(JsonNode? wanted, JsonNode? found, string path)
    {
        switch (wanted)
        {
            case JsonObject members when found is JsonObject other:
                return ObjectDifference(members, other, path);
            case JsonArray items when found is JsonArray others:
                return ListDifference(items, others, path);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String && (string)value! == "<state>":
                return found is JsonObject { Count: > 0 } ? null : $"{path} is no state: {found?.ToJsonString()}";
            case JsonValue value when value.GetValueKind() == JsonValueKind.String && found?.GetValueKind() == JsonValueKind.String:
                return TextDifference((string)value!, (string)found!) is { } difference ? $"{path} {difference}" : null;
            default:
                return JsonNode.DeepEquals(wanted, found) ? null : $"{path} is {found?.ToJsonString() ?? "null"}, not {wanted?.ToJsonString() ?? "null"}";
        }
    }

    private static string? ObjectDifference(JsonObject members, JsonObject other, string path)
    {
        var isEnvironment = members.ContainsKey("JUPYTERHUB_API_TOKEN");
        var keys = members.Select(member => member.Key).Order(StringComparer.Ordinal).ToList();
        var found = other.Select(member => member.Key).Where(key => !isEnvironment || !Surroundings().IsMatch(key)).Order(StringComparer.Ordinal).ToList();
        return keys.SequenceEqual(found, StringComparer.Ordinal)
            ? keys.Select(key => BodyDifference(members[key], other[key], $"{path}/{key}")).FirstOrDefault(difference => difference is not null)
            : $"{path} has {string.Join(' ', found)}, not {string.Join(' ', keys)}";
    }

    private static string? ListDifference(JsonArray items, JsonArray others, string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name == "items")
        {
            return PageDifference(items, others, path);
        }

        IEnumerable<JsonNode?> found = name == "headers" ? others.Where(header => Echoed.Contains(((string)header![0]!).ToLowerInvariant(), StringComparer.Ordinal)).Select(Lower) : others;
        var list = Unordered.Contains(name, StringComparer.Ordinal) ? found.OrderBy(item => item?.ToJsonString(), StringComparer.Ordinal).ToList() : [.. found];
        return list.Count == items.Count
            ? items.Zip(list).Index().Select(pair => BodyDifference(pair.Item.First, pair.Item.Second, $"{path}/{pair.Index}")).FirstOrDefault(difference => difference is not null)
            : $"{path} has {list.Count} items, not {items.Count}: {others.ToJsonString()}";
    }

    /// <summary>The recording has the items of a page sorted by their text, not as they came: each must be there once.</summary>
    private static string? PageDifference(JsonArray items, JsonArray others, string path)
    {
        var left = others.ToList();
        foreach (var item in items)
        {
            var match = left.FindIndex(other => BodyDifference(item, other, path) is null);
            if (match < 0)
            {
                return $"{path} lacks {item?.ToJsonString()}: {others.ToJsonString()}";
            }

            left.RemoveAt(match);
        }

        return left.Count == 0 ? null : $"{path} has {left.Count} more items: {others.ToJsonString()}";
    }

    private static JsonArray Lower(JsonNode? header) => [((string)header![0]!).ToLowerInvariant(), (string)header[1]!];

    private static string? TextDifference(string wanted, string found)
    {
        var fits = wanted switch
        {
            "<time>" => DateTime.TryParse(found, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) && time.Year > 2022 && found.EndsWith('Z'),
            "<30-60>" => int.TryParse(found, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 30 and <= 60,
            "<html>" => found.Contains("<html", StringComparison.Ordinal),
            _ when wanted.StartsWith("[\"", StringComparison.Ordinal) => JsonNode.DeepEquals(JsonNode.Parse(wanted), JsonNode.Parse(found)),
            _ => Regex.IsMatch(found, $@"\A{string.Join(".+", Placeholder().Split(wanted).Select(Regex.Escape))}\z", RegexOptions.Singleline),
        };
        return fits ? null : $"is {Shown(found)}, not {wanted}";
    }

    [GeneratedRegex("<[a-z_]+>")]
    private static partial Regex Placeholder();

    [GeneratedRegex("^(PATH|LANG|LANGUAGE|TZ|PWD|SHLVL|_|LD_.*|LC_.*|PYTHON.*|CONDA_.*|VIRTUAL_ENV|MOCK_MODE|MOCK_GATE|JUPYTERHUB_SINGLEUSER_APP)$")]
    private static partial Regex Surroundings();
}
