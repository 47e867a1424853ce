using System.Diagnostics;
using System.Text.RegularExpressions;
using JupyterHub.Testing;

namespace JupyterHub.Conformance.Sources;

/// <summary>What must stand in no file of this repository.</summary>
public sealed partial class SourceTests
{
    private static readonly HashSet<string> Text = new(StringComparer.OrdinalIgnoreCase)
    {
        ".cs", ".cshtml", ".csproj", ".props", ".targets", ".json", ".md", ".sh", ".css", ".js", ".yml", ".xml", ".config", "",
    };

    /// <summary>A clone works wherever it lies: nobody's home folder or work folder is named.</summary>
    [Fact]
    public async Task No_file_names_a_folder_of_some_machine()
    {
        var findings = new List<string>();
        foreach (var file in await TrackedFilesAsync())
        {
            var number = 0;
            foreach (var line in await File.ReadAllLinesAsync(Repository.Combine(file)))
            {
                number++;
                if (MachinePath().IsMatch(line))
                {
                    findings.Add($"{file}:{number}: {line.Trim()}");
                }
            }
        }

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    [Fact]
    public async Task The_search_sees_the_files()
    {
        var files = await TrackedFilesAsync();

        Assert.Contains("test.sh", files);
        Assert.Contains("tests/Hub.Conformance/Sources/SourceTests.cs", files);
    }

    private static async Task<List<string>> TrackedFilesAsync()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
        return
        [
            .. output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(file => Text.Contains(Path.GetExtension(file)) && !file.StartsWith("tests/data/", StringComparison.Ordinal))
                .Where(file => File.Exists(Repository.Combine(file))),
        ];
    }

    /// <summary>A root folder that only some machine has, or a person's home folder on one.</summary>
    [GeneratedRegex("""(^|[^\w.\-])/((work|farm|Users)/\w|root/\.)""")]
    private static partial Regex MachinePath();
}
