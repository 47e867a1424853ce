using System.Text.Json;
using JupyterHub.Core.Hosting;
using Microsoft.Extensions.Configuration.Json;

namespace JupyterHub.Core.Configuration.Sources;

/// <summary>
/// Gives the rest of a file to the platform and keeps the hub's section from it: flattened, names that differ only in case would be
/// an error, and its errors are not one line for a person. The hub's reader reads the section from the file itself.
/// </summary>
internal sealed class HubFileConfigurationProvider(HubFileConfigurationSource source) : JsonConfigurationProvider(source)
{
    private string FullPath => Source.FileProvider?.GetFileInfo(Source.Path!).PhysicalPath ?? Source.Path!;

    /// <inheritdoc/>
    /// <exception cref="HubStartupException">The file is missing or no JSON object.</exception>
    public override void Load()
    {
        try
        {
            base.Load();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // The platform wraps what goes wrong while it reads.
            throw exception.InnerException as HubStartupException
                ?? new HubStartupException($"{FullPath} cannot be read: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
    }

    public override void Load(Stream stream)
    {
        using var reader = new StreamReader(stream);
        using var document = JsonSettings.Parse(reader.ReadToEnd(), new SettingOrigin(FullPath));
        using var rest = new MemoryStream();
        using (var writer = new Utf8JsonWriter(rest))
        {
            writer.WriteStartObject();
            foreach (var property in document.RootElement.EnumerateObject().Where(property => !IsHub(property.Name)))
            {
                property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        rest.Position = 0;
        base.Load(rest);
    }

    private static bool IsHub(string name) =>
        name.Equals(KnownSettings.Root, StringComparison.OrdinalIgnoreCase)
        || name.StartsWith(KnownSettings.Root + ":", StringComparison.OrdinalIgnoreCase);
}
