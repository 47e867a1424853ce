using JupyterHub.Rbac.Scopes;
using JupyterHub.Testing;

namespace JupyterHub.Rbac.Tests;

/// <summary>What docs/rbac.md says is what the code says.</summary>
public sealed class DocumentationTests
{
    private const int LongestExample = 10;

    private static readonly string[] Page = File.ReadAllLines(Repository.Combine("docs", "rbac.md"));

    [Fact]
    public void The_table_of_scopes_is_the_catalogue()
    {
        string[] expected =
        [
            "| scope | implies | what it allows |",
            "|-|-|-|",
            .. ScopeCatalog.BuiltIn.Scopes.Select(scope =>
                $"| `{scope.Name}` | {string.Join(", ", scope.Subscopes.Select(subscope => $"`{subscope.Name}`"))} | {scope.Description} |"),
        ];

        Assert.Equal(string.Join('\n', expected), string.Join('\n', Between(Page, "<!-- scopes -->", "<!-- end -->")));
    }

    [Fact]
    public void The_example_is_the_one_that_a_test_runs()
    {
        var source = File.ReadAllLines(Repository.Combine("tests", "Hub.Rbac.Tests", "QuickStartTests.cs"));
        var example = Between(source, "        // <example>", "        // </example>").Select(line => line.Length == 0 ? line : line[8..]).ToArray();

        Assert.InRange(example.Length, 1, LongestExample);
        Assert.Equal(["```csharp", .. example, "```"], Between(Page, "<!-- example: QuickStartTests -->", "<!-- end -->"));
    }

    private static string[] Between(string[] lines, string first, string last)
    {
        var begin = Array.IndexOf(lines, first) + 1;
        Assert.True(begin > 0, $"There is no line {first}");
        return lines[begin..Array.IndexOf(lines, last, begin)];
    }
}
