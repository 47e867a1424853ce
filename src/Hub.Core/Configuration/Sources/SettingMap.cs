namespace JupyterHub.Core.Configuration.Sources;

/// <summary>An object: names with values, in the order written. A name may stand twice; whoever reads the map decides which names are the same.</summary>
internal sealed record SettingMap(IReadOnlyList<KeyValuePair<string, SettingNode>> Entries) : SettingNode
{
    /// <summary>True for a source that knows only flat keys: a list arrives as names 0, 1, 2…, and a name with a colon as nested objects.</summary>
    public bool IsFlat { get; init; }

    public override string Kind => "an object";

    /// <summary>The value of a setting, or null; setting names ignore case, as everywhere on the platform.</summary>
    /// <exception cref="Hosting.HubStartupException">The name stands there twice.</exception>
    public SettingNode? Find(string name, string path, SettingOrigin origin)
    {
        SettingNode? found = null;
        foreach (var (key, value) in Entries)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                found = found is null ? value : throw SettingErrors.Create($"{path}:{key}", "is given twice", origin);
            }
        }

        return found;
    }
}
