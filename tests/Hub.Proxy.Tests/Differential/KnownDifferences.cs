using System.Text;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>
/// A table of known differences: a reason after <c>#</c>, below it cases and the
/// lines by which they differ. Written anew with <c>UPDATE_PROXY_DIFFERENCES=1</c>, where reasons stay and new differences wait for one.
/// </summary>
internal sealed class KnownDifferences
{
    public const string NoReason = "A reason has to be written here, or the difference removed.";

    private readonly string file;

    private KnownDifferences(string file, IReadOnlyList<KnownDifference> all)
    {
        this.file = file;
        All = all;
    }

    public IReadOnlyList<KnownDifference> All { get; }

    /// <summary>Reads a table of this folder.</summary>
    public static KnownDifferences Read(string name)
    {
        var file = Repository.Combine("tests", "Hub.Proxy.Tests", "Differential", name);
        var known = new List<KnownDifference>();
        var reason = "";
        var cases = new List<string>();
        var lines = new List<string>();
        foreach (var line in File.ReadLines(file).Append("#"))
        {
            var isDifference = line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("+ ", StringComparison.Ordinal);
            if (lines.Count > 0 && !isDifference)
            {
                known.AddRange(cases.Select(name => new KnownDifference(reason, name, [.. lines])));
                cases.Clear();
                lines.Clear();
            }

            if (isDifference)
            {
                lines.Add(line);
            }
            else if (line.StartsWith('#'))
            {
                reason = line[1..].Trim();
            }
            else if (line.Length > 0)
            {
                cases.Add(line);
            }
        }

        return new KnownDifferences(file, known);
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
            text.Append(text.Length == 0 ? "" : "\n").Append("# ").AppendLine(reason);
            foreach (var alike in blocks.Where(block => block.Reason == reason).GroupBy(block => string.Join('\n', block.Lines)))
            {
                text.AppendJoin('\n', alike.Select(block => block.Case)).Append('\n').AppendLine(alike.Key);
            }
        }

        File.WriteAllText(file, text.ToString());
    }
}
