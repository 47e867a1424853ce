using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>Takes a posted body apart and puts it together as JavaScript would after parsing it.</summary>
internal static class ChpJson
{
    // As many names are compared one by one faster than they are looked up.
    private const int Few = 16;

    public static JsonDocumentOptions Strict { get; } = new() { MaxDepth = 32 };

    /// <exception cref="ChpApiException">It names no target that there can be.</exception>
    public static ChpRouteData Read(JsonElement body, string? host)
    {
        if (body.ValueKind != JsonValueKind.Object || !TryGetLast(body, "target", out var target) || target.ValueKind != JsonValueKind.String)
        {
            throw ChpApiException.BadRequest("Must specify 'target' as string");
        }

        var output = new ArrayBufferWriter<byte>(256);
        var split = 0;
        var separator = "{"u8;
        foreach (var (name, value) in Properties(body, host))
        {
            output.Write(separator);
            separator = ","u8;
            JsonText.WriteString(output, name);
            output.Write(":"u8);
            if (name == ChpRouteData.LastActivityName)
            {
                output.Write("\""u8);
                split = output.WrittenCount;
                output.Write("\""u8);
            }
            else if (value is { } element)
            {
                Write(output, element);
            }
            else
            {
                JsonText.WriteString(output, host);
            }
        }

        output.Write("}"u8);
        return new ChpRouteData(RouteTargets.Read(target.GetString()!), output.WrittenSpan.ToArray(), split);
    }

    // Of members with the same name the last one counts.
    private static bool TryGetLast(JsonElement body, string name, out JsonElement value) => body.TryGetProperty(name, out value);

    // In JavaScript's order, with what the proxy itself adds; a null value is the host.
    private static List<(string Name, JsonElement? Value)> Properties(JsonElement body, string? host)
    {
        var properties = Ordered(body);
        if (host is not null)
        {
            Put(properties, "host", null);
        }

        Put(properties, ChpRouteData.LastActivityName, null, keepsValue: true);
        return properties;
    }

    private static void Write(IBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                output.Write("{"u8);
                var isFirst = true;
                foreach (var (name, member) in Ordered(value))
                {
                    WriteSeparator(output, ref isFirst);
                    JsonText.WriteString(output, name);
                    output.Write(":"u8);
                    Write(output, member!.Value);
                }

                output.Write("}"u8);
                break;
            case JsonValueKind.Array:
                output.Write("["u8);
                var isFirstElement = true;
                foreach (var element in value.EnumerateArray())
                {
                    WriteSeparator(output, ref isFirstElement);
                    Write(output, element);
                }

                output.Write("]"u8);
                break;
            case JsonValueKind.String:
                JsonText.WriteString(output, value.GetString());
                break;
            case JsonValueKind.Number:
                JsonText.WriteNumber(output, double.Parse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture));
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            default:
                output.Write("null"u8);
                break;
        }
    }

    private static void WriteSeparator(IBufferWriter<byte> output, ref bool isFirst)
    {
        if (!isFirst)
        {
            output.Write(","u8);
        }

        isFirst = false;
    }

    // Names that are array indices come first, in order of size; then the others in the order of their first mention.
    private static List<(string Name, JsonElement? Value)> Ordered(JsonElement value)
    {
        var members = new List<(string Name, JsonElement? Value)>();
        var hasIndex = false;
        Dictionary<string, int>? places = null;
        foreach (var member in value.EnumerateObject())
        {
            var name = member.Name;
            hasIndex |= Index(name) is not null;
            places ??= members.Count == Few ? PlacesOf(members) : null;
            var place = places is null ? members.FindIndex(known => known.Name == name) : places.GetValueOrDefault(name, -1);
            if (place >= 0)
            {
                members[place] = (name, member.Value);
                continue;
            }

            places?.Add(name, members.Count);
            members.Add((name, member.Value));
        }

        return hasIndex ? [.. members.OrderBy(member => Index(member.Name) ?? uint.MaxValue)] : members;
    }

    private static Dictionary<string, int> PlacesOf(List<(string Name, JsonElement? Value)> members)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, _) in members)
        {
            places.Add(name, places.Count);
        }

        return places;
    }

    private static uint? Index(string name) =>
        name.Length is > 0 and <= 10 && name[0] is >= '0' and <= '9' && (name.Length == 1 || name[0] != '0')
        && uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < uint.MaxValue
            ? index
            : null;

    private static void Put(List<(string Name, JsonElement? Value)> members, string name, JsonElement? value, bool keepsValue = false)
    {
        var at = members.FindIndex(member => member.Name == name);
        if (at < 0)
        {
            members.Add((name, value));
        }
        else if (!keepsValue)
        {
            members[at] = (name, value);
        }
    }
}
