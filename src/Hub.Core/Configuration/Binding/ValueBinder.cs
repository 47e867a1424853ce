using System.Collections;
using System.Globalization;
using System.Reflection;
using JupyterHub.Core.Configuration.Sources;

namespace JupyterHub.Core.Configuration.Binding;

/// <summary>Turns what a source gives into a value of a setting's type, or says what was expected.</summary>
internal sealed class ValueBinder(BindingContext context, SettingsBinder sections)
{
    public object? Bind(SettingNode node, Type type, object? current, SectionPath path)
    {
        if (type == typeof(HubSecret))
        {
            return SecretBinder.Bind(node, path, context);
        }

        if (OptionsShape.IsScalar(type))
        {
            return ScalarBinder.Bind(node, type, path.WrittenAs, context.Origin);
        }

        if (OptionsShape.IsJson(type))
        {
            return JsonBinder.Bind(node, type, path.WrittenAs, context.Origin);
        }

        if (OptionsShape.ItemOf(type) is { } item)
        {
            return BindList(node, type, item, path);
        }

        return OptionsShape.ValueOf(type) is { } value
            ? BindMap(node, value, current, path)
            : BindSection(node, type, current, path);
    }

    private object BindList(SettingNode node, Type type, Type item, SectionPath path)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        var items = Items(node) ?? throw SettingErrors.WrongType(path.WrittenAs, ExpectedList(item), node, context.Origin);
        for (var index = 0; index < items.Count; index++)
        {
            var name = index.ToString(CultureInfo.InvariantCulture);
            list.Add(Bind(items[index], item, null, path.Below(name, name)));
        }

        return OptionsShape.IsSet(type) ? Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(item), list)! : list;
    }

    private static IReadOnlyList<SettingNode>? Items(SettingNode node) => node switch
    {
        SettingList list => list.Items,
        SettingScalar { Type: SettingScalarType.Untyped, Text: "" } => [],
        SettingMap { IsFlat: true } map => FlatItems(map),
        _ => null,
    };

    private static List<SettingNode>? FlatItems(SettingMap map)
    {
        var items = new SortedDictionary<int, SettingNode>();
        foreach (var (name, node) in map.Entries)
        {
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || !items.TryAdd(index, node))
            {
                return null;
            }
        }

        return [.. items.Values];
    }

    private IDictionary BindMap(SettingNode node, Type valueType, object? current, SectionPath path)
    {
        var comparer = ComparerOf(current);
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType), comparer)!;
        var mergesByName = OptionsShape.IsScalar(valueType);
        if (mergesByName && current is IDictionary before)
        {
            foreach (DictionaryEntry entry in before)
            {
                map[entry.Key] = entry.Value;
            }
        }

        var seen = new HashSet<string>(comparer);
        foreach (var (name, value) in Entries(node, mergesByName, valueType, path))
        {
            if (!seen.Add(name))
            {
                throw SettingErrors.Create($"{path}:{name}", "is given twice", context.Origin);
            }

            if (mergesByName && value is SettingScalar { Type: SettingScalarType.Null })
            {
                map.Remove(name);
                continue;
            }

            map[name] = Bind(value, valueType, null, path.Below(name, name));
            context.Given.Record($"{path.Path}:{name}", $"{path}:{name}", context.Origin);
        }

        return map;
    }

    private IEnumerable<KeyValuePair<string, SettingNode>> Entries(SettingNode node, bool ofScalars, Type valueType, SectionPath path) => node switch
    {
        SettingMap { IsFlat: true } flat when ofScalars && valueType != typeof(HubSecret) => Flatten(flat, ""),
        SettingMap map => map.Entries,
        SettingScalar { Type: SettingScalarType.Untyped, Text: "" } => [],
        _ => throw SettingErrors.WrongType(path.WrittenAs, "an object", node, context.Origin),
    };

    // A flat source cannot tell a colon in a name from a level; where the values are plain, there are no levels below the name.
    private static IEnumerable<KeyValuePair<string, SettingNode>> Flatten(SettingMap map, string prefix) =>
        map.Entries.SelectMany(entry => entry.Value is SettingMap nested
            ? Flatten(nested, $"{prefix}{entry.Key}:")
            : [KeyValuePair.Create(prefix + entry.Key, entry.Value)]);

    private static IEqualityComparer<string> ComparerOf(object? map) =>
        map?.GetType().GetProperty(nameof(Dictionary<,>.Comparer))?.GetValue(map) as IEqualityComparer<string> ?? StringComparer.Ordinal;

    private object BindSection(SettingNode node, Type type, object? current, SectionPath path)
    {
        if (ListForm(type) is { } setting && IsList(node))
        {
            node = new SettingMap([KeyValuePair.Create(setting, node)]);
        }

        if (node is not SettingMap map)
        {
            throw SettingErrors.WrongType(path.WrittenAs, "an object", node, context.Origin);
        }

        var section = current ?? Activator.CreateInstance(type)!;
        sections.Bind(section, map, path);
        return section;
    }

    private static string? ListForm(Type type) => type.GetCustomAttribute<ListFormAttribute>()?.Setting;

    private static bool IsList(SettingNode node) => node is SettingList || (node is SettingMap { IsFlat: true, Entries.Count: > 0 } map && FlatItems(map) is not null);

    private static string ExpectedList(Type item) =>
        item == typeof(string) ? "a list of texts"
        : item == typeof(int) || item == typeof(double) || item == typeof(long) ? "a list of numbers"
        : "a list";
}
