using System.Runtime.CompilerServices;

namespace JupyterHub.Conformance.Architecture;

/// <summary>Names that the house agreed on.</summary>
public sealed class NameTests
{
    public static TheoryData<string> Projects => Libraries.Names;

    [Theory]
    [MemberData(nameof(Projects))]
    public void Public_types_live_in_a_namespace_of_their_assembly(string project)
    {
        var library = Libraries.Find(project);
        var strays = library.Assembly.GetExportedTypes()
            .Where(type => !IsBelow(type.Namespace, library.AssemblyName) && !IsExtensionClass(type))
            .Select(type => type.FullName);

        Assert.Empty(strays);
    }

    /// <summary>A hub service is a domain noun; a class that does work is named after the work.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void No_type_is_called_a_service_except_the_hub_service(string project)
    {
        var services = Libraries.Find(project).Assembly.GetTypes()
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), false))
            .Where(type => type.Name.EndsWith("Service", StringComparison.Ordinal) && type.Name != "HubService")
            .Select(type => type.FullName);

        Assert.Empty(services);
    }

    private static bool IsBelow(string? name, string root) =>
        name == root || name?.StartsWith(root + ".", StringComparison.Ordinal) == true;

    private static bool IsExtensionClass(Type type) =>
        type.IsDefined(typeof(ExtensionAttribute), false)
        && type.Namespace is "Microsoft.Extensions.DependencyInjection" or "Microsoft.Extensions.Configuration" or "Microsoft.AspNetCore.Builder";
}
