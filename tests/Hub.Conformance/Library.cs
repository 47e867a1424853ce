using System.Reflection;
using System.Xml.Linq;

namespace JupyterHub.Conformance;

/// <summary>One project of <c>src/</c>.</summary>
internal sealed class Library(string path)
{
    /// <summary>Such as <c>Hub.Core</c>.</summary>
    public string Project { get; } = Path.GetFileNameWithoutExtension(path);

    /// <summary>Such as <c>JupyterHub.Core</c>.</summary>
    public string AssemblyName => "Jupyter" + Project;

    public string ProjectFile => path;

    public XDocument ProjectXml => XDocument.Load(path);

    public Assembly Assembly => Assembly.Load(AssemblyName);

    public bool IsTool => (string?)ProjectXml.Descendants("PackAsTool").SingleOrDefault() == "true";

    /// <summary>What the project file includes under this item name.</summary>
    public IEnumerable<string> Items(string name) =>
        ProjectXml.Descendants(name).Select(item => (string?)item.Attribute("Include")).OfType<string>();
}
