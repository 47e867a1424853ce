using System.Text.Json.Nodes;
using JupyterHub.Core.Configuration.Sources;

namespace JupyterHub.Core.Configuration.Binding;

/// <summary>Keeps a value as the JSON it is.</summary>
internal static class JsonBinder
{
    public static JsonNode? Bind(SettingNode node, Type type, string path, SettingOrigin origin)
    {
        var json = Convert(node, path, origin);
        if (json is null || type.IsInstanceOfType(json))
        {
            return json;
        }

        throw SettingErrors.WrongType(path, type == typeof(JsonObject) ? "an object" : type == typeof(JsonArray) ? "a list" : "a single value", node, origin);
    }

    private static JsonNode? Convert(SettingNode node, string path, SettingOrigin origin) => node switch
    {
        SettingMap map => ConvertMap(map, path, origin),
        SettingList list => new JsonArray([.. list.Items.Select((item, index) => Convert(item, $"{path}:{index}", origin))]),
        SettingScalar { Type: SettingScalarType.Number or SettingScalarType.True or SettingScalarType.False } scalar => JsonNode.Parse(scalar.Text),
        SettingScalar { Type: SettingScalarType.Text or SettingScalarType.Untyped } scalar => JsonValue.Create(scalar.Text),
        _ => null,
    };

    private static JsonObject ConvertMap(SettingMap map, string path, SettingOrigin origin)
    {
        var json = new JsonObject();
        foreach (var (name, value) in map.Entries)
        {
            if (!json.TryAdd(name, Convert(value, $"{path}:{name}", origin)))
            {
                throw SettingErrors.Create($"{path}:{name}", "is given twice", origin);
            }
        }

        return json;
    }
}
