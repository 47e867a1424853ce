using System.Reflection;

namespace JupyterHub.Conformance.Architecture;

/// <summary>Who may know whom. Nothing points up.</summary>
public sealed class RoomTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Hub.Rbac"] = [],
        ["Hub.Core"] = ["Hub.Rbac"],
        ["Hub.Spawners"] = ["Hub.Core"],
        ["Hub.Proxy"] = ["Hub.Core"],
        ["Hub.Sqlite"] = ["Hub.Core"],
        ["Hub.PostgreSql"] = ["Hub.Core"],
        ["Hub.AspNetCore"] = ["Hub.Core", "Hub.Proxy"],
        ["Hub.OpenIdConnect"] = ["Hub.AspNetCore"],
        ["Hub.Client"] = ["Hub.Rbac"],
        ["Hub.Cli"] = ["Hub.Rbac", "Hub.Core", "Hub.Proxy", "Hub.Sqlite", "Hub.PostgreSql"],
    };

    public static TheoryData<string> Projects => Libraries.Names;

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_rooms_below_it(string project)
    {
        var references = Libraries.Find(project).Items("ProjectReference").Select(Path.GetFileNameWithoutExtension);

        Assert.True(Allowed.TryGetValue(project, out var allowed), $"Say in this test which rooms {project} may reference.");
        Assert.Empty(references.Except(allowed!));
    }

    /// <summary>A reference of a reference reaches the compiler too; the built assembly tells what is really used.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void An_assembly_uses_only_rooms_below_it(string project)
    {
        var used = Libraries.Find(project).Assembly.GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name.StartsWith("JupyterHub.", StringComparison.Ordinal));

        Assert.Empty(used.Except(Below(project).Select(room => "Jupyter" + room)));
    }

    [Fact]
    public void Rbac_depends_on_nothing_but_the_base_class_library()
    {
        var rbac = Libraries.Find("Hub.Rbac");

        Assert.Empty(rbac.Items("PackageReference"));
        Assert.Empty(rbac.Items("FrameworkReference"));
        Assert.DoesNotContain(rbac.Assembly.GetReferencedAssemblies(), IsForeign);
    }

    private static bool IsForeign(AssemblyName name) =>
        !name.Name!.StartsWith("System.", StringComparison.Ordinal) && name.Name is not ("netstandard" or "mscorlib");

    private static HashSet<string> Below(string project)
    {
        var rooms = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(Allowed[project]);
        while (open.TryPop(out var room))
        {
            if (rooms.Add(room))
            {
                Array.ForEach(Allowed[room], open.Push);
            }
        }

        return rooms;
    }
}
