using JupyterHub.Core.Configuration;
using JupyterHub.Core.Configuration.Binding;
using JupyterHub.Core.Configuration.Sources;

namespace JupyterHub.Cli.Scopes.Worlds;

/// <summary>An object of a hub's configuration, read as strictly as the hub reads: one line says which key is wrong and how.</summary>
internal sealed class Settings(SettingMap map, string path, SettingOrigin origin)
{
    public string Path => path;

    /// <summary>The names as written.</summary>
    public IEnumerable<string> Names => map.Entries.Select(entry => entry.Key);

    public void RequireKnown(IReadOnlyCollection<string> known)
    {
        foreach (var name in Names)
        {
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw UnknownSettings.Explain(path, name, known, origin);
            }
        }
    }

    public bool Has(string name) => map.Find(name, path, origin) is not (null or SettingScalar { Type: SettingScalarType.Null });

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        SettingScalar { Type: SettingScalarType.Text } text => text.Text,
        var other => throw SettingErrors.WrongType($"{path}:{name}", "a text", other, origin),
    };

    public string RequiredText(string name) => Text(name) ?? throw SettingErrors.Create($"{path}:{name}", "is missing", origin);

    public bool Flag(string name) => Find(name) switch
    {
        null or SettingScalar { Type: SettingScalarType.False } => false,
        SettingScalar { Type: SettingScalarType.True } => true,
        var other => throw SettingErrors.WrongType($"{path}:{name}", "true or false", other, origin),
    };

    /// <summary>A list of texts; null if it is not given, which is not the same as empty.</summary>
    public IReadOnlyList<string>? Texts(string name) => Items(name, "a list of texts")
        ?.Select((item, index) => item is SettingScalar { Type: SettingScalarType.Text } text
            ? text.Text
            : throw SettingErrors.WrongType($"{path}:{name}:{index}", "a text", item, origin))
        .ToArray();

    /// <summary>A list of objects.</summary>
    public IReadOnlyList<Settings> Objects(string name) => (Items(name, "a list of objects") ?? [])
        .Select((item, index) => Object(item, $"{path}:{name}:{index}"))
        .ToArray();

    /// <summary>An object whose names are settings; null if it is not given.</summary>
    public Settings? Section(string name) => Find(name) is { } found ? Object(found, $"{path}:{name}") : null;

    /// <summary>An object whose names are free, and may not stand twice.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="listForm">What a value means that is just a list.</param>
    public IReadOnlyList<(string Name, Settings Value)> Named(string name, string? listForm = null) =>
        Section(name) is not { } section ? [] : section.Entries((value, place, self) =>
            self.Object(listForm is not null && value is SettingList ? new SettingMap([KeyValuePair.Create(listForm, value)]) : value, place));

    /// <summary>An object of texts whose names are free, and may not stand twice.</summary>
    public IReadOnlyList<(string Name, string Value)> NamedTexts(string name) =>
        Section(name) is not { } section ? [] : section.Entries(static (value, place, self) => value is SettingScalar { Type: SettingScalarType.Text } text
            ? text.Text
            : throw SettingErrors.WrongType(place, "a text", value, self.Origin));

    public Exception Error(string name, string problem) => SettingErrors.Create($"{path}:{name}", problem, origin);

    private SettingOrigin Origin => origin;

    private (string Name, T Value)[] Entries<T>(Func<SettingNode, string, Settings, T> read)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return map.Entries
            .Select(entry => seen.Add(entry.Key)
                ? (entry.Key, read(entry.Value, $"{path}:{entry.Key}", this))
                : throw SettingErrors.Create($"{path}:{entry.Key}", "is given twice", origin))
            .ToArray();
    }

    private SettingNode? Find(string name) => map.Find(name, path, origin) is var found && found is SettingScalar { Type: SettingScalarType.Null } ? null : found;

    private IReadOnlyList<SettingNode>? Items(string name, string expected) => Find(name) switch
    {
        null => null,
        SettingList list => list.Items,
        var other => throw SettingErrors.WrongType($"{path}:{name}", expected, other, origin),
    };

    private Settings Object(SettingNode node, string place) => node is SettingMap found
        ? new Settings(found, place, origin)
        : throw SettingErrors.WrongType(place, "an object", node, origin);
}
