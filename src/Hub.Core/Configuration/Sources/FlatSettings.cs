using JupyterHub.Core.Hosting;
using Microsoft.Extensions.Configuration;

namespace JupyterHub.Core.Configuration.Sources;

/// <summary>Reads the hub's section of a source that knows only flat keys and texts: environment variables, command line, dictionaries.</summary>
internal static class FlatSettings
{
    public static SettingMap? Read(IConfigurationProvider provider, string section, SettingOrigin origin) =>
        Read(
            path => provider.GetChildKeys([], path).Distinct(StringComparer.OrdinalIgnoreCase),
            path => provider.TryGet(path, out var value) ? value : null,
            section,
            origin);

    public static SettingMap? Read(IConfiguration configuration, string section, SettingOrigin origin) =>
        Read(path => configuration.GetSection(path).GetChildren().Select(child => child.Key), path => configuration[path], section, origin);

    private static SettingMap? Read(Func<string, IEnumerable<string>> children, Func<string, string?> value, string section, SettingOrigin origin) =>
        ReadNode(children, value, section, origin) switch
        {
            SettingMap map => map,
            SettingScalar { Text: "" } => null,
            { } other => throw SettingErrors.WrongType(section, "an object", other, origin),
        };

    private static SettingNode ReadNode(
        Func<string, IEnumerable<string>> children, Func<string, string?> value, string path, SettingOrigin origin)
    {
        var text = value(path);
        var entries = children(path)
            .Select(name => KeyValuePair.Create(name, ReadNode(children, value, path + ":" + name, origin)))
            .ToList();
        if (entries.Count == 0)
        {
            return text is null ? SettingScalar.Null : new SettingScalar(SettingScalarType.Untyped, text);
        }

        return string.IsNullOrEmpty(text)
            ? new SettingMap(entries) { IsFlat = true }
            : throw SettingErrors.Create(path, "has both a value of its own and keys below it", origin);
    }
}
