using System.Globalization;
using System.Text;
using System.Text.Json;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Configuration.Sources;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Cli.Scopes.Worlds;

/// <summary>Opens the file that a world stands in.</summary>
internal static class WorldFile
{
    private const long LargestFile = 256 * 1024 * 1024;

    /// <summary>Reads a recorded world: the file is one, or has several, one in each line, of which <c>FILE#3</c> is the third.</summary>
    /// <exception cref="ScopesRefusedException">There is no such world.</exception>
    public static ScopeWorld ReadRecorded(string name) => Read(name, static (text, _, number) => Recorded(text, number));

    /// <summary>Reads a hub's configuration.</summary>
    /// <exception cref="ScopesRefusedException">The file cannot be read as one.</exception>
    public static HubDeclarations ReadConfiguration(string path) => Read(path, static (text, path, _) => Configured(text, path));

    /// <summary>True if the file is a hub's configuration rather than a recorded world.</summary>
    public static bool IsConfiguration(string name) => Read(name, static (text, path, number) =>
    {
        if (number is not null)
        {
            return false;
        }

        try
        {
            using var document = JsonSettings.Parse(text, new SettingOrigin(path));
            return document.RootElement.EnumerateObject().Any(property => string.Equals(property.Name, KnownSettings.Root, StringComparison.OrdinalIgnoreCase));
        }
        catch (HubStartupException)
        {
            // Several lines of worlds are not one JSON text; whoever reads it as a world says what is wrong otherwise.
            return false;
        }
    });

    private static T Read<T>(string name, Func<string, string, int?, T> read)
    {
        var (path, number) = Split(name);
        try
        {
            var file = new FileInfo(path);
            if (file is { Exists: true, Length: > LargestFile })
            {
                throw new ScopesRefusedException($"is larger than {LargestFile / 1024 / 1024} MiB.");
            }

            return read(File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true)), path, number);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ScopesRefusedException($"{PlainText.Of(path)} cannot be read: {exception.Message}");
        }
        catch (Exception exception) when (exception is DecoderFallbackException or InvalidOperationException)
        {
            throw new ScopesRefusedException($"{PlainText.Of(path)} holds a text that is no valid Unicode.");
        }
        catch (JsonException exception)
        {
            throw new ScopesRefusedException($"{PlainText.Of(path)} {JsonShape.Explain(exception)}");
        }
        catch (ScopesRefusedException exception)
        {
            throw new ScopesRefusedException($"{PlainText.Of(path)}: {exception.Message}");
        }
    }

    private static (string Path, int? Number) Split(string name)
    {
        var mark = name.LastIndexOf('#');
        return mark > 0 && int.TryParse(name.AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && !File.Exists(name)
            ? (name[..mark], number)
            : (name, null);
    }

    private static ScopeWorld Recorded(string text, int? number)
    {
        using var document = JsonDocument.Parse(number is { } wanted ? Line(text, wanted) : OnlyWorld(text), JsonShape.Strict);
        var root = document.RootElement;
        return RecordedWorld.Read(root.ValueKind == JsonValueKind.Object && root.TryGetProperty("world", out var world) ? world : root);
    }

    private static string Line(string text, int number)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return number >= 1 && number <= lines.Length
            ? lines[number - 1]
            : throw new ScopesRefusedException($"has {lines.Length} lines; there is no line {number}.");
    }

    // A second object behind the first is a syntax error to the parser, which would help nobody.
    private static string OnlyWorld(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 1 && lines.All(line => line.StartsWith('{') && line.EndsWith('}'))
            ? throw new ScopesRefusedException($"has {lines.Length} worlds, one in each line; add #1 to #{lines.Length} to the file's name to choose one.")
            : text;
    }

    private static HubDeclarations Configured(string text, string path)
    {
        var origin = new SettingOrigin(PlainText.Of(path), IsFile: true);
        using var reader = new StringReader(text);
        var section = JsonSettings.Read(reader, KnownSettings.Root, origin)
            ?? throw new ScopesRefusedException($"has no section {KnownSettings.Root}.");
        return HubDeclarations.Read(new Settings(section, KnownSettings.Root, origin));
    }
}
