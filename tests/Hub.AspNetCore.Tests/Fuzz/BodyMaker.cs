using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>Makes bodies from the schemas of the API's description: right ones, and ones that are nearly right.</summary>
internal sealed class BodyMaker(JsonObject schemas, FuzzNames names)
{
    private const int Deep = 4;

    /// <summary>A body that the schema allows.</summary>
    public string Valid(JsonNode schema, Random random) => Make(schema.AsObject(), "", random, spoilt: 0, depth: 0);

    /// <summary>A body that was spoilt in some places, or altogether.</summary>
    public byte[] Spoilt(JsonNode schema, Random random) => random.Next(24) switch
    {
        0 => Encoding.UTF8.GetBytes(new string('[', random.Next(1, 20_000))),
        1 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", random.Next(1, 5_000)))),
        2 => Encoding.UTF8.GetBytes(Pick(HostileTexts.Tokens, random)),
        3 => [0xff, 0xfe, .. Encoding.Unicode.GetBytes(Valid(schema, random))],
        4 => Cut(Encoding.UTF8.GetBytes(Valid(schema, random)), random),
        5 or 6 => Flip(Encoding.UTF8.GetBytes(Valid(schema, random)), random),
        7 => Encoding.UTF8.GetBytes($"{Valid(schema, random)}{Valid(schema, random)}"),
        8 => Encoding.UTF8.GetBytes($"{{\"scopes\": [{string.Join(',', Enumerable.Repeat("\"read:users\"", random.Next(1, 3_000)))}]}}"),
        9 => Encoding.UTF8.GetBytes("grant_type=authorization_code&code=%00&client_id=%ff&redirect_uri=//&client_secret=x&token=x&scope=%ed%a0%80"),
        _ => Encoding.UTF8.GetBytes(Make(schema.AsObject(), "", random, spoilt: random.Next(1, 40), depth: 0)),
    };

    /// <summary>Hundreds of kilobytes of text in one value or key, or more than any body may have.</summary>
    public byte[] Huge(JsonNode schema, Random random)
    {
        var length = random.Next(3) == 0 ? random.Next(1_050_000, 2_000_000) : random.Next(300_000, 1_000_000);
        var text = new string((char)random.Next('a', 'z'), length);
        var keys = schema["properties"]?.AsObject().Select(member => member.Key).ToArray() ?? [];
        return Encoding.UTF8.GetBytes(keys.Length == 0 || random.Next(4) == 0 ? $"{{\"{text}\":1}}" : $"{{\"{Pick(keys, random)}\":\"{text}\"}}");
    }

    /// <param name="rules">A schema.</param>
    /// <param name="name">The member that it stands for, which chooses among the names of this hub.</param>
    /// <param name="random">Chance.</param>
    /// <param name="spoilt">Percent of the values that shall be wrong.</param>
    /// <param name="depth">How deep it stands.</param>
    private string Make(JsonObject rules, string name, Random random, int spoilt, int depth)
    {
        if (rules["$ref"] is { } reference)
        {
            return Make(schemas[((string)reference!).Split('/')[^1]]!.AsObject(), name, random, spoilt, depth);
        }

        if (random.Next(100) < spoilt)
        {
            return random.Next(2) == 0 ? Pick(HostileTexts.Tokens, random) : $"\"{Pick(HostileTexts.Strings, random)}\"";
        }

        if (rules["enum"] is JsonArray words)
        {
            return words[random.Next(words.Count)]?.ToJsonString() ?? "null";
        }

        var type = rules["type"] switch
        {
            JsonArray several => (string)several[random.Next(20) == 0 ? several.Count - 1 : 0]!,
            { } only => (string)only!,
            null => "null",
        };
        return rules["const"]?.ToJsonString() ?? type switch
        {
            "object" => Object(rules, name, random, spoilt, depth),
            "array" => $"[{string.Join(',', Enumerable.Range(0, (int?)rules["maxItems"] == 0 ? 0 : random.Next(3)).Select(_ => Make(rules["items"]!.AsObject(), name, random, spoilt, depth + 1)))}]",
            "string" => $"\"{names.Value(name, (string?)rules["format"], random)}\"",
            "integer" or "number" => random.Next(1, 100_000).ToString(CultureInfo.InvariantCulture),
            "boolean" => random.Next(2) == 0 ? "true" : "false",
            _ => "null",
        };
    }

    private string Object(JsonObject rules, string name, Random random, int spoilt, int depth)
    {
        var required = rules["required"]?.AsArray().Select(key => (string)key!).ToHashSet(StringComparer.Ordinal) ?? [];
        var members = new List<string>();
        foreach (var (key, value) in rules["properties"]?.AsObject() ?? [])
        {
            if (random.Next(100) < (required.Contains(key) ? 100 - (spoilt / 4) : 40))
            {
                members.Add($"\"{key}\":{Make(value!.AsObject(), key, random, spoilt, depth + 1)}");
            }
        }

        if (rules["additionalProperties"] is JsonObject any && depth < Deep)
        {
            members.Add($"\"{names.Value(name, null, random)}\":{Make(any, name, random, spoilt, depth + 1)}");
        }

        if (random.Next(100) < spoilt)
        {
            members.Add(random.Next(3) switch
            {
                0 when members.Count > 0 => Pick([.. members], random),
                1 => $"\"{Pick(HostileTexts.Strings, random)}\":{Pick(HostileTexts.Tokens, random)}",
                _ => $"\"admin\":{Pick(HostileTexts.Tokens, random)}",
            });
        }

        return $"{{{string.Join(',', members)}}}";
    }

    private static byte[] Cut(byte[] body, Random random) => body[..random.Next(body.Length)];

    private static byte[] Flip(byte[] body, Random random)
    {
        for (var count = random.Next(1, 4); count > 0 && body.Length > 0; count--)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }

        return body;
    }

    private static string Pick(string[] texts, Random random) => texts[random.Next(texts.Length)];
}
