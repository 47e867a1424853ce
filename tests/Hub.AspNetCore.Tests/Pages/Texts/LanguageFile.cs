using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace JupyterHub.AspNetCore.Tests.Pages.Texts;

/// <summary>A resource file with the texts of one language.</summary>
internal sealed class LanguageFile(string path)
{
    /// <summary>Stands in the comment of a text that was added by its key and waits for somebody who knows the language.</summary>
    public const string Untranslated = "untranslated";

    public string Path { get; } = path;

    public IReadOnlyDictionary<string, string> Texts => Entries(XDocument.Load(Path)).ToDictionary(Name, entry => entry.Element("value")!.Value, StringComparer.Ordinal);

    public IReadOnlyList<string> Waiting => [.. Entries(XDocument.Load(Path)).Where(entry => entry.Element("comment")?.Value == Untranslated).Select(Name)];

    public static IReadOnlyList<LanguageFile> All =>
        [.. Directory.GetFiles(Repository.Combine("src", "Hub.AspNetCore", "Resources"), "HubTexts.*.resx").Order(StringComparer.Ordinal).Select(path => new LanguageFile(path))];

    /// <summary>Adds keys that are missing, marked, and drops those that nothing uses; the rest stays, in the order of the keys.</summary>
    public void Complete(IReadOnlyCollection<string> used)
    {
        var document = XDocument.Load(Path);
        var known = Entries(document).ToDictionary(Name, StringComparer.Ordinal);
        foreach (var entry in known.Values)
        {
            entry.Remove();
        }

        foreach (var key in used.Order(StringComparer.Ordinal))
        {
            document.Root!.Add(known.GetValueOrDefault(key) ?? New(key));
        }

        using var writer = XmlWriter.Create(Path, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true });
        document.Save(writer);
    }

    private static XElement New(string key) => new(
        "data", new XAttribute("name", key), new XAttribute(XNamespace.Xml + "space", "preserve"), new XElement("value", key), new XElement("comment", Untranslated));

    private static List<XElement> Entries(XDocument document) => [.. document.Root!.Elements("data")];

    private static string Name(XElement entry) => entry.Attribute("name")!.Value;
}
