using JupyterHub.Testing;

namespace JupyterHub.Conformance.PublicApi;

/// <summary>
/// The public API of each library is a checked-in file, so that a change of it is seen in review. To accept one:
/// <c>UPDATE_PUBLIC_API=1 dotnet test tests/Hub.Conformance</c>.
/// </summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Projects => Libraries.Names;

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task The_public_api_is_the_one_checked_in(string project)
    {
        var library = Libraries.Find(project);
        var file = Repository.Combine("tests", "Hub.Conformance", "PublicApi", library.AssemblyName + ".txt");
        var actual = ApiWriter.Write(library.Assembly);
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1")
        {
            await File.WriteAllTextAsync(file, actual);
        }

        var expected = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
        Assert.True(expected == actual, Difference(library.AssemblyName, expected, actual));
    }

    private static string Difference(string name, string expected, string actual)
    {
        var old = Qualified(expected);
        var now = Qualified(actual);
        var lines = old.Except(now).Select(line => "- " + line).Concat(now.Except(old).Select(line => "+ " + line));
        return $"The public API of {name} has changed:\n{string.Join('\n', lines)}\n"
            + "If that is meant: UPDATE_PUBLIC_API=1 dotnet test tests/Hub.Conformance";
    }

    /// <summary>Members with the type that they belong to, so that a line says all by itself.</summary>
    private static List<string> Qualified(string text)
    {
        var lines = new List<string>();
        var type = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            type = line[0] == ' ' ? type : line;
            lines.Add(line[0] == ' ' ? $"{type}  {line.Trim()}" : line);
        }

        return lines;
    }
}
