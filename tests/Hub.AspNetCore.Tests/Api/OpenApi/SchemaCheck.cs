using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace JupyterHub.AspNetCore.Tests.Api.OpenApi;

/// <summary>
/// Checks a value against a schema, as far as the document's schemas go. Stricter than JSON Schema: a member that a schema does not list
/// is a fault, unless the schema says that there may be others.
/// </summary>
internal sealed class SchemaCheck(JsonObject schemas)
{
    private static readonly HashSet<string> Understood = new(StringComparer.Ordinal)
    {
        "$ref", "anyOf", "type", "enum", "const", "properties", "required", "additionalProperties", "items", "description", "pattern", "format",
        "minimum", "maximum", "exclusiveMinimum", "maxLength", "minLength", "minItems", "maxItems", "minProperties", "default",
    };

    /// <summary>What is wrong; null if nothing is.</summary>
    public string? Fault(JsonNode schema, JsonNode? value, string place = "$")
    {
        var rules = schema.AsObject();
        Assert.All(rules, rule => Assert.Contains(rule.Key, Understood));
        if (rules["$ref"] is { } reference)
        {
            return Fault(schemas[((string)reference!).Split('/')[^1]]!, value, place);
        }

        if (rules["anyOf"] is JsonArray alternatives && rules["properties"] is null)
        {
            var faults = alternatives.Select(alternative => Fault(alternative!, value, place)).ToList();
            return faults.Contains(null) ? null : string.Join(" / ", faults);
        }

        return TypeFault(rules, value, place) ?? value switch
        {
            JsonObject members => MembersFault(rules, members, place),
            JsonArray items => rules["items"] is { } item ? items.Select((one, index) => Fault(item, one, $"{place}[{index}]")).FirstOrDefault(fault => fault is not null) : null,
            _ => ValueFault(rules, value, place),
        };
    }

    private static string? TypeFault(JsonObject rules, JsonNode? value, string place)
    {
        if (rules["type"] is not { } type)
        {
            return null;
        }

        var found = value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => value!.AsValue().TryGetValue(out long _) ? "integer" : "number",
            { } kind => kind.ToString().ToLowerInvariant(),
        };
        var allowed = type is JsonArray several ? several.Select(one => (string)one!).ToList() : [(string)type!];
        return allowed.Contains(found) ? null : $"{place} is {found}, not {string.Join(" or ", allowed)}";
    }

    private static string? ValueFault(JsonObject rules, JsonNode? value, string place)
    {
        if (rules["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
        {
            return $"{place} is none of {words.ToJsonString()}";
        }

        if (rules["const"] is { } only && !JsonNode.DeepEquals(only, value))
        {
            return $"{place} is not {only}";
        }

        if (value is null)
        {
            return null;
        }

        if (rules["pattern"] is { } pattern && !Regex.IsMatch((string)value!, (string)pattern!))
        {
            return $"{place} does not match {pattern}";
        }

        return (string?)rules["format"] == "date-time" && !Regex.IsMatch((string)value!, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$") ? $"{place} is no time: {value}" : null;
    }

    private string? MembersFault(JsonObject rules, JsonObject members, string place)
    {
        if ((rules["required"] as JsonArray ?? []).FirstOrDefault(name => !members.ContainsKey((string)name!)) is { } missing)
        {
            return $"{place} lacks {missing}";
        }

        foreach (var (name, value) in members)
        {
            var rule = rules["properties"]?[name] ?? (rules["additionalProperties"] is JsonObject any ? any : null);
            if (rule is null && rules["additionalProperties"]?.GetValueKind() != JsonValueKind.True)
            {
                return $"{place}.{name} is not described";
            }

            if (rule is not null && Fault(rule, value, $"{place}.{name}") is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}
