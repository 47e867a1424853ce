using System.Text.RegularExpressions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Tests.Pages.Texts;

/// <summary>
/// Reads out of the sources which texts pages show: the literals in the first argument of <c>T["…"]</c>, <c>texts["…"]</c> and
/// <c>Sentence("…")</c>, and those listed in a comment <c>// Texts: "…", "…"</c> where the key comes from elsewhere.
/// </summary>
internal static partial class TextCollector
{
    /// <summary>Keys with a source of their own: the catalogue of scopes describes each.</summary>
    private const string ScopeDescription = ".Description";

    /// <summary>Hands the keys of hosts on, which are theirs.</summary>
    private const string ForHosts = "HubPageContext.cs";

    public static IReadOnlyList<UsedText> Collect(out IReadOnlyList<string> unreadable)
    {
        var found = new List<UsedText>(ScopeCatalog.BuiltIn.Scopes.Select(scope => new UsedText(scope.Description, "catalogue of scopes"))) { new("(language)", "PageTexts") };
        var problems = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Repository.Combine("src", "Hub.AspNetCore"), "*.cs*", SearchOption.AllDirectories).Where(IsSource).Where(file => Path.GetFileName(file) != ForHosts))
        {
            found.AddRange(OfFile(file, problems));
        }

        unreadable = problems;
        return found;
    }

    private static IEnumerable<UsedText> OfFile(string file, List<string> problems)
    {
        var source = File.ReadAllText(file);
        var name = Path.GetFileName(file);
        var listed = Listed().Matches(source).SelectMany(list => Literals(list.Groups["list"].Value)).ToList();
        foreach (Match use in Use().Matches(source))
        {
            var argument = FirstArgument(source, use.Index + use.Length);
            var keys = Literals(argument).ToList();
            if (keys.Count == 0 && listed.Count == 0 && !argument.EndsWith(ScopeDescription, StringComparison.Ordinal))
            {
                problems.Add($"{name}: {use.Value}{argument}");
            }

            listed.AddRange(keys);
        }

        return listed.Distinct(StringComparer.Ordinal).Select(key => new UsedText(key, name));
    }

    /// <summary>What stands before the comma or bracket that ends the argument, whatever is nested in it.</summary>
    private static string FirstArgument(string source, int start)
    {
        var depth = 0;
        var position = start;
        while (position < source.Length)
        {
            var literal = Literal().Match(source, position);
            if (literal.Success && literal.Index == position)
            {
                position += literal.Length;
                continue;
            }

            var letter = source[position];
            depth += letter is '(' or '[' or '{' ? 1 : letter is ')' or ']' or '}' ? -1 : 0;
            if (depth < 0 || (depth == 0 && letter == ','))
            {
                break;
            }

            position++;
        }

        return source[start..position];
    }

    private static IEnumerable<string> Literals(string text) => Literal().Matches(text).Select(match => Regex.Unescape(match.Groups["text"].Value));

    private static bool IsSource(string file) =>
        (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".cshtml", StringComparison.Ordinal))
        && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    [GeneratedRegex("""\bT\[|\b[tT]exts\[|Get<PageTexts>\(\)\[|\.Sentence\(""")]
    private static partial Regex Use();

    [GeneratedRegex("\"(?<text>(?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.Singleline)]
    private static partial Regex Literal();

    [GeneratedRegex("""(?://|@\*) Texts: (?<list>[^\n]*)""")]
    private static partial Regex Listed();
}
