using System.Reflection;
using System.Runtime.InteropServices;
using JupyterHub.Testing;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>Where the programs are that the tests start.</summary>
internal static class Programs
{
    public static string Dotnet { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    public static string SampleHost { get; } = Sample("SampleHost", "SampleHost.dll");

    public static string CustomPages { get; } = Sample("CustomPages", "CustomPages.dll");

    public static string Workspace { get; } = Sample("SampleHost", "workspace", "Workspace.dll");

    /// <summary>The <c>hub</c> command.</summary>
    public static string HubTool => BuiltPrograms.Hub;

    /// <summary>A program that test.sh makes sure of.</summary>
    public static string OnPath(params string[] names) =>
        names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{string.Join(" or ", names)} is not on the PATH; ./test.sh installs it.");

    /// <summary>All programs of the system but Jupyter and Python: a folder of links to put on a PATH.</summary>
    public static void LinkWithoutPython(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var program in new[] { "/usr/bin", "/bin" }.SelectMany(Directory.EnumerateFiles))
        {
            var name = Path.GetFileName(program);
            var link = Path.Combine(folder, name);
            if (!name.StartsWith("jupyter", StringComparison.Ordinal) && !name.StartsWith("python", StringComparison.Ordinal) && !File.Exists(link))
            {
                File.CreateSymbolicLink(link, program);
            }
        }
    }

    private static string Sample(string project, params string[] parts)
    {
        var build = typeof(Programs).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return Path.Combine([Repository.Combine("samples", project, "bin", build, "net10.0"), .. parts]);
    }
}
