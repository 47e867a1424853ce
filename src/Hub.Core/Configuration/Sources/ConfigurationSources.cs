using JupyterHub.Core.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace JupyterHub.Core.Configuration.Sources;

/// <summary>
/// Finds what each source of the host's configuration says about the hub, the weakest first. JSON files are read anew, as JSON:
/// the platform's flat keys lose empty lists and cannot tell a colon in a name from a level.
/// </summary>
internal static class ConfigurationSources
{
    public static IReadOnlyList<ConfiguredSource> Read(IConfiguration configuration, string section)
    {
        var sources = new List<ConfiguredSource>();
        Collect(configuration, section, sources);
        return sources;
    }

    private static void Collect(IConfiguration configuration, string section, List<ConfiguredSource> sources)
    {
        if (configuration is not IConfigurationRoot root)
        {
            var origin = new SettingOrigin("the host's configuration");
            Add(FlatSettings.Read(configuration, section, origin), origin, sources);
            return;
        }

        foreach (var provider in root.Providers)
        {
            if (provider is ChainedConfigurationProvider chained)
            {
                Collect(chained.Configuration, section, sources);
            }
            else
            {
                Collect(provider, section, sources);
            }
        }
    }

    private static void Collect(IConfigurationProvider provider, string section, List<ConfiguredSource> sources)
    {
        if (provider is JsonConfigurationProvider json && Find(json) is { Exists: true, IsDirectory: false } file)
        {
            var path = file.PhysicalPath ?? json.Source.Path!;
            var jsonOrigin = new SettingOrigin(path, file.PhysicalPath is null ? null : Path.GetDirectoryName(file.PhysicalPath), IsFile: true);
            Add(ReadFile(file, section, jsonOrigin), jsonOrigin, sources);
            return;
        }

        var origin = Describe(provider);
        Add(FlatSettings.Read(provider, section, origin), origin, sources);
    }

    private static Microsoft.Extensions.FileProviders.IFileInfo? Find(JsonConfigurationProvider provider) =>
        provider.Source is { FileProvider: { } files, Path: { } path } ? files.GetFileInfo(path) : null;

    private static SettingMap? ReadFile(Microsoft.Extensions.FileProviders.IFileInfo file, string section, SettingOrigin origin)
    {
        try
        {
            using var reader = new StreamReader(file.CreateReadStream());
            return JsonSettings.Read(reader, section, origin);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HubStartupException($"{origin.Description} cannot be read: {exception.Message}", exception);
        }
    }

    private static void Add(SettingMap? section, SettingOrigin origin, List<ConfiguredSource> sources)
    {
        if (section is not null)
        {
            sources.Add(new ConfiguredSource(origin, section));
        }
    }

    private static SettingOrigin Describe(IConfigurationProvider provider) => provider switch
    {
        FileConfigurationProvider { Source: { Path: { } path } source } =>
            source.FileProvider?.GetFileInfo(path).PhysicalPath is { } physical
                ? new SettingOrigin(physical, Path.GetDirectoryName(physical), IsFile: true)
                : new SettingOrigin(path, IsFile: true),
        _ => new SettingOrigin(provider.GetType().Name switch
        {
            "EnvironmentVariablesConfigurationProvider" => "the environment",
            "CommandLineConfigurationProvider" => "the command line",
            "MemoryConfigurationProvider" => "configuration set in code",
            var other => other,
        }),
    };
}
