using System.Reflection;
using JupyterHub.Testing;

namespace JupyterHub.Conformance;

/// <summary>The projects of <c>src/</c>, found by looking, so that a new one cannot be forgotten.</summary>
internal static class Libraries
{
    public static IReadOnlyList<Library> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Combine("src"), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => new Library(path)),
    ];

    /// <summary>One case per library, as xunit wants them.</summary>
    public static TheoryData<string> Names => [.. All.Select(library => library.Project)];

    public static Library Find(string project) => All.Single(library => library.Project == project);

    /// <summary>How this build was made: <c>Debug</c> or <c>Release</c>.</summary>
    public static string BuildConfiguration { get; } =
        typeof(Libraries).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
}
