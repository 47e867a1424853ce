using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace JupyterHub.Conformance.Packages;

/// <summary>What somebody who installs a package finds in it.</summary>
public sealed class PackageTests(PackedLibraries packed) : IClassFixture<PackedLibraries>
{
    public static TheoryData<string> Projects => Libraries.Names;

    [Fact]
    public void Packing_says_nothing_that_needs_attention()
    {
        Assert.True(packed.ExitCode == 0, packed.Output);
        Assert.DoesNotContain("warning", packed.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Libraries.All.Count, packed.Files.Count);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_package_says_what_it_is(string project)
    {
        var library = Libraries.Find(project);
        using var package = Open(library);
        var metadata = Specification(package).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        string? Value(string name) => (string?)metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);

        Assert.Equal(library.AssemblyName, Value("id"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.False(string.IsNullOrWhiteSpace(Value("description")));
        Assert.False(string.IsNullOrWhiteSpace(Value("tags")));
        var repository = metadata.Elements().Single(element => element.Name.LocalName == "repository");
        Assert.Equal("git", (string?)repository.Attribute("type"));
        Assert.NotNull(package.GetEntry("README.md"));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_package_brings_documentation_and_symbols(string project)
    {
        var library = Libraries.Find(project);
        using var package = Open(library);
        var folder = library.IsTool ? "tools/net10.0/any" : "lib/net10.0";

        Assert.NotNull(package.GetEntry($"{folder}/{library.AssemblyName}.xml"));
        var debug = ReadDebugDirectory(package.GetEntry($"{folder}/{library.AssemblyName}.dll")!);
        Assert.Contains(DebugDirectoryEntryType.EmbeddedPortablePdb, debug);
        Assert.Contains(DebugDirectoryEntryType.Reproducible, debug);
    }

    [Fact]
    public void The_tool_is_called_hub()
    {
        var tool = Assert.Single(Libraries.All, library => library.IsTool);
        using var package = Open(tool);
        using var settings = package.GetEntry("tools/net10.0/any/DotnetToolSettings.xml")!.Open();

        Assert.Equal("hub", (string?)XDocument.Load(settings).Descendants("Command").Single().Attribute("Name"));
    }

    private static DebugDirectoryEntryType[] ReadDebugDirectory(ZipArchiveEntry entry)
    {
        using var memory = new MemoryStream();
        using (var stream = entry.Open())
        {
            stream.CopyTo(memory);
        }

        memory.Position = 0;
        using var reader = new PEReader(memory);
        return [.. reader.ReadDebugDirectory().Select(item => item.Type)];
    }

    private static XDocument Specification(ZipArchive package)
    {
        using var stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }

    private ZipArchive Open(Library library) =>
        ZipFile.OpenRead(packed.Files.Single(file => Path.GetFileName(file).StartsWith(library.AssemblyName + ".", StringComparison.Ordinal)));
}
