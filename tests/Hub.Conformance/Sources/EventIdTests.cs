using System.Text.RegularExpressions;
using JupyterHub.Testing;

namespace JupyterHub.Conformance.Sources;

/// <summary>An event id names one message: operators filter by it.</summary>
public sealed partial class EventIdTests
{
    [Fact]
    public void Each_is_used_once()
    {
        var ids = Directory.EnumerateFiles(Repository.Combine("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .SelectMany(file => EventId().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToList();

        Assert.True(ids.Count > 100, $"Only {ids.Count} messages were found.");
        Assert.Equal([], ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [GeneratedRegex(@"\[LoggerMessage\((\d+)")]
    private static partial Regex EventId();
}
