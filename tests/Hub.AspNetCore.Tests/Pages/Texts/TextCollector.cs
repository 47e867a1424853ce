using System.Text.RegularExpressions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Tests.Pages.Texts;

/// <summary>
/// Reads out of the sources which texts pages show: the literals in the first argument of <c>T["…"]</c>, <c>texts["…"]</c> and
/// <c>Sentence("…")</c>, all literals of a bare <c>Sentence(…)</c> and of <c>sentences.Of(…)</c> (which choose one of several), and those
/// listed in a comment <c>// Texts: "…", "…"</c> where the key comes from elsewhere. A file whose keys are listed where they come from
/// says so in such a comment.
/// </summary>
internal static partial class TextCollector
{
    /// <summary>Keys with a source of their own: the catalogue of scopes describes each.</summary>
    private const string ScopeDescription = ".Description";

    /// <summary>Hand keys on: those of hosts, which are theirs, and those of pages, which are collected where they stand.</summary>
    private static readonly string[] HandOn = ["HubPageContext.cs", "ServerSentences.cs"];

    public static IReadOnlyList<UsedText> Collect(out IReadOnlyList<string> unreadable)
    {
        var found = new List<UsedText>(ScopeCatalog.BuiltIn.Scopes.Select(scope => new UsedText(scope.Description, "catalogue of scopes"))) { new("(language)", "PageTexts") };
        var problems = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Repository.Combine("src", "Hub.AspNetCore"), "*.cs*", SearchOption.AllDirectories).Where(IsSource).Where(file => !HandOn.Contains(Path.GetFileName(file))))
        {
            found.AddRange(OfFile(file, problems));
        }

        foreach (var file in Directory.EnumerateFiles(Repository.Combine("src", "Hub.Core", "Spawning", "Choosing"), "*.cs"))
        {
            found.AddRange(Limit().Matches(File.ReadAllText(file)).Select(limit => new UsedText(Regex.Unescape(limit.Groups["text"].Value), Path.GetFileName(file))));
        }

        unreadable = problems;
        return found;
    }

    private static IEnumerable<UsedText> OfFile(string file, List<string> problems)
    {
        var source = File.ReadAllText(file);
        var name = Path.GetFileName(file);
        var lists = Listed().Matches(source);
        var keysOfFile = lists.Concat(Choice().Matches(source)).SelectMany(list => Literals(list.Groups["list"].Value)).ToList();
        foreach (Match use in Use().Matches(source))
        {
            var argument = FirstArgument(source, use.Index + use.Length);
            var keys = Literals(argument).ToList();
            if (keys.Count == 0 && lists.Count == 0 && !argument.EndsWith(ScopeDescription, StringComparison.Ordinal))
            {
                problems.Add($"{name}: {use.Value}{argument}");
            }

            keysOfFile.AddRange(keys);
        }

        return keysOfFile.Distinct(StringComparer.Ordinal).Select(key => new UsedText(key, name));
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

    [GeneratedRegex("""(?:(?<![\w.])Sentence|\bsentences\.Of)\((?<list>(?:"(?:[^"\\]|\\.)*"|[^")])*)\)""")]
    private static partial Regex Choice();

    [GeneratedRegex("""new(?: OptionLimits)?\(\s*"(?<text>(?:[^"\\]|\\.)*)["]""")]
    private static partial Regex Limit();

    [GeneratedRegex("""(?://|@\*) Texts: (?<list>[^\n]*)""")]
    private static partial Regex Listed();
}
