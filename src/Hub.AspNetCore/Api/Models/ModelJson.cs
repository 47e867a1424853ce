using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>How values look in the API's JSON.</summary>
internal static class ModelJson
{
    /// <summary>UTC with a literal Z; microseconds only when there are some (contract 1.3).</summary>
    public static string? Timestamp(DateTime? time) => time is not { } value
        ? null
        : value.ToString(value.Ticks % TimeSpan.TicksPerSecond / 10 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static void WriteStrings(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    public static void WriteNode(Utf8JsonWriter writer, string name, JsonNode? node)
    {
        writer.WritePropertyName(name);
        if (node is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            node.WriteTo(writer);
        }
    }

    /// <summary>Keys that an endpoint adds to a model: texts, nulls and lists of texts.</summary>
    public static void WriteDetails(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> details)
    {
        foreach (var (name, value) in details)
        {
            if (value is IEnumerable<string> values)
            {
                WriteStrings(writer, name, values);
            }
            else
            {
                writer.WriteString(name, (string?)value);
            }
        }
    }
}
