using System.Text;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>
/// The table of known differences, <c>KnownDifferences.txt</c>: a reason after <c>#</c>, below it cases and their
/// lines. Written anew with <c>UPDATE_PROXY_DIFFERENCES=1</c>, where reasons stay and new differences wait for one.
/// </summary>
internal sealed class KnownDifferences
{
    public const string NoReason = "A reason has to be written here, or the difference removed.";

    private KnownDifferences(IReadOnlyList<KnownDifference> all) => All = all;

    public IReadOnlyList<KnownDifference> All { get; }

    private static string File => Repository.Combine("tests", "Hub.Proxy.Tests", "Differential", "KnownDifferences.txt");

    public static KnownDifferences Read()
    {
        var known = new List<KnownDifference>();
        var reason = new List<string>();
        var inReason = false;
        foreach (var line in System.IO.File.ReadLines(File).Where(line => line.Length > 0))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                reason = inReason ? reason : [];
                reason.Add(line[2..]);
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("+ ", StringComparison.Ordinal))
            {
                known[^1] = known[^1] with { Lines = [.. known[^1].Lines, line] };
            }
            else
            {
                known.Add(new KnownDifference(string.Join("\n", reason), line, []));
            }

            inReason = line.StartsWith("# ", StringComparison.Ordinal);
        }

        return new KnownDifferences(known);
    }

    /// <summary>What of a case's differences no general block allows.</summary>
    public IReadOnlyList<string> NotAllowed(string name, IReadOnlyList<string> lines)
    {
        var general = All.Where(known => known.IsGeneral && known.Covers(name)).ToArray();
        return [.. lines.Where(line => !general.Any(known => known.Allows(line)))];
    }

    /// <summary>The lines that are known of exactly this case.</summary>
    public IReadOnlyList<string> Of(string name) => All.FirstOrDefault(known => known.Case == name)?.Lines ?? [];

    /// <summary>Writes the table with what is different now, each case under the reason it had.</summary>
    public void Write(IReadOnlyList<(string Name, IReadOnlyList<string> Lines)> differences)
    {
        var cases = differences.Where(difference => difference.Lines.Count > 0)
            .Select(difference => new KnownDifference(All.FirstOrDefault(known => known.Case == difference.Name)?.Reason ?? NoReason, difference.Name, difference.Lines));
        var blocks = All.Where(known => known.IsGeneral).Concat(cases).ToList();
        var text = new StringBuilder();
        foreach (var reason in All.Select(known => known.Reason).Append(NoReason).Distinct().Where(reason => blocks.Any(block => block.Reason == reason)))
        {
            text.Append(text.Length == 0 ? "" : "\n").Append("# ").AppendLine(reason.Replace("\n", "\n# ", StringComparison.Ordinal));
            foreach (var block in blocks.Where(block => block.Reason == reason))
            {
                text.AppendLine(block.Case).AppendJoin('\n', block.Lines).Append('\n');
            }
        }

        System.IO.File.WriteAllText(File, text.ToString());
    }
}
