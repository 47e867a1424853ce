using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Configuration.Binding;

namespace JupyterHub.Testing;

/// <summary>
/// The tables of docs/configuration.md, made from the options classes and their XML documentation. A table stands between
/// <c>&lt;!-- settings: NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c>; with HUB_WRITE_DOCS=1 in the environment it is rewritten.
/// </summary>
public static partial class SettingsTable
{
    private static readonly string[] Units = ["Seconds", "Days", "Bytes", "Cores"];

    private static string Document => Repository.Combine("docs", "configuration.md");

    /// <summary>The table as the document has it, and as it should be.</summary>
    public static (string Found, string Expected) Compare(Type options)
    {
        var name = options.Name;
        var text = File.ReadAllText(Document);
        var start = $"<!-- settings: {name} -->\n";
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        if (from < start.Length)
        {
            throw new InvalidOperationException($"docs/configuration.md has no place for the settings of {name}.");
        }

        var to = text.IndexOf("<!-- end -->", from, StringComparison.Ordinal);
        var expected = Create(options);
        if (Environment.GetEnvironmentVariable("HUB_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Document, text[..from] + expected + text[to..]);
            return (expected, expected);
        }

        return (text[from..to], expected);
    }

    private static string Create(Type options)
    {
        var documentation = XDocument.Load(Path.ChangeExtension(options.Assembly.Location, ".xml"));
        var defaults = Activator.CreateInstance(options)!;
        var rows = OptionsShape.Of(options).Properties
            .Where(property => property.DeclaringType == options)
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => Row(property, defaults, Meaning(documentation, property)));
        return "| key | type | unit | default | meaning |\n|-|-|-|-|-|\n" + string.Concat(rows);
    }

    private static string Row(PropertyInfo property, object defaults, string meaning)
    {
        var unit = Units.FirstOrDefault(unit => meaning.StartsWith(unit + " ", StringComparison.Ordinal))?.ToLowerInvariant() ?? "";
        return $"| `{property.Name}` | {TypeName(property)} | {unit} | {Default(property.GetValue(defaults))} | {meaning} |\n";
    }

    private static string Default(object? value) => value switch
    {
        null => "",
        HubSecret => "",
        _ when OptionsShape.IsSection(value.GetType()) => "",
        _ => $"`{JsonSerializer.Serialize(value)}`",
    };

    private static string TypeName(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return property.IsDefined(typeof(HubPathAttribute)) ? "path" : TypeName(type);
    }

    private static string TypeName(Type type) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(System.Text.Json.Nodes.JsonNode) => "any value",
        _ when OptionsShape.IsJson(type) => "any object",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) => "whole number",
        _ when type == typeof(double) => "number",
        _ when type == typeof(long) => "size",
        _ when type == typeof(HubSecret) => "secret",
        _ when OptionsShape.ItemOf(type) is { } item => $"list of {TypeName(item)}s",
        _ when OptionsShape.ValueOf(type) is { } value => $"object of {TypeName(value)}s",
        _ when OptionsShape.IsSection(type) => "object",
        _ => type.Name,
    };

    private static string Meaning(XDocument documentation, PropertyInfo property)
    {
        var name = $"P:{property.DeclaringType!.FullName}.{property.Name}";
        var summary = documentation.Descendants("member").SingleOrDefault(member => (string?)member.Attribute("name") == name)?.Element("summary")
            ?? throw new InvalidOperationException($"{name} has no summary.");
        var text = string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => $"`{((string)see.Attribute("cref")!).Split('.')[^1]}`",
            XElement element => $"`{element.Value}`",
            _ => node.ToString(),
        }));
        return Spaces().Replace(text, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
