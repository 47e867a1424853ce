using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;

namespace JupyterHub.Core.Configuration.Binding;

/// <summary>The settings of an options class: its public properties of types that configuration can express. Others (hooks) are for code only.</summary>
internal sealed class OptionsShape
{
    private static readonly ConcurrentDictionary<Type, OptionsShape> Known = new();

    private readonly Dictionary<string, PropertyInfo> properties = new(StringComparer.OrdinalIgnoreCase);

    private OptionsShape(Type type)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is { IsPublic: true } && property.GetMethod is { IsPublic: true } && IsSetting(property.PropertyType))
            {
                properties.TryAdd(property.Name, property);
            }
        }
    }

    public IReadOnlyCollection<PropertyInfo> Properties => properties.Values;

    public IReadOnlyCollection<string> Names => properties.Keys;

    public static OptionsShape Of(Type type) => Known.GetOrAdd(type, key => new OptionsShape(key));

    public PropertyInfo? Find(string name) => properties.GetValueOrDefault(name);

    /// <summary>True for values that merge by name; whatever holds lists or objects is replaced as a whole.</summary>
    public static bool IsScalar(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) || type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(double)
            || type == typeof(TimeSpan) || type == typeof(Uri) || type == typeof(HubSecret) || type.IsEnum;
    }

    public static bool IsJson(Type type) => typeof(JsonNode).IsAssignableFrom(type);

    /// <summary>The type of a list's items, or null if the type is no list.</summary>
    public static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var generic
        && (generic == typeof(IList<>) || generic == typeof(List<>) || generic == typeof(IReadOnlyList<>) || IsSet(type))
            ? type.GetGenericArguments()[0]
            : null;

    public static bool IsSet(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var generic
        && (generic == typeof(ISet<>) || generic == typeof(HashSet<>) || generic == typeof(IReadOnlySet<>));

    /// <summary>The type of the values of a map with text keys, or null if the type is none.</summary>
    public static Type? ValueOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var generic
        && (generic == typeof(IDictionary<,>) || generic == typeof(Dictionary<,>) || generic == typeof(IReadOnlyDictionary<,>))
        && type.GetGenericArguments() is [var key, var value] && key == typeof(string)
            ? value
            : null;

    /// <summary>True for a class of nested settings.</summary>
    public static bool IsSection(Type type) =>
        type.IsClass && !type.IsAbstract && type != typeof(string) && type != typeof(object) && type.GetConstructor(Type.EmptyTypes) is not null
        && !IsPlatforms(type) && !typeof(Delegate).IsAssignableFrom(type) && !typeof(System.Collections.IEnumerable).IsAssignableFrom(type);

    // A client or a stream is nothing to configure by its properties.
    private static bool IsPlatforms(Type type) => type.Namespace is { } name
        && (name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft", StringComparison.Ordinal));

    private static bool IsSetting(Type type) =>
        IsScalar(type) || IsJson(type)
        || (ItemOf(type) is { } item && IsSetting(item))
        || (ValueOf(type) is { } value && IsSetting(value))
        || IsSection(type);
}
