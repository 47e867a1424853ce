using System.CommandLine;
using System.Text.Json.Nodes;
using JupyterHub.Cli.Scopes.Output;
using JupyterHub.Cli.Scopes.Worlds;
using JupyterHub.Rbac.Explanations;

namespace JupyterHub.Cli.Scopes.Commands;

/// <summary><c>hub scopes diff</c>: what a change of roles, grants or groups gives to whom, and takes.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var before = new Option<string>("--before") { Description = "A world (FILE, or FILE#3 for the third line), or a hub's configuration", HelpName = "FILE", Required = true };
        var after = new Option<string>("--after") { Description = "The same kind of file after the change", HelpName = "FILE", Required = true };
        var command = new Command("diff", "Says who gains and who loses what between two worlds or two configurations. In configurations, (anybody else) stands for those whom they do not name.") { before, after };
        Answer.SetAction(command, parsed => Diff(parsed.GetRequiredValue(before), parsed.GetRequiredValue(after)));
        return command;
    }

    private static Answer Diff(string before, string after)
    {
        var (old, current) = WorldFiles.ReadBoth(before, after);
        var changes = AccessDiff.Between(old.Rbac, current.Rbac);
        return new(
            JsonOutput.List(changes, static change => new JsonObject
            {
                ["who"] = Entities.Format(change.Who),
                ["gained"] = JsonOutput.List(change.Gained.ToScopes()),
                ["lost"] = JsonOutput.List(change.Lost.ToScopes()),
            }),
            (output, style) => Write(changes, output, style))
        {
            Notes = old.Notes.Union(current.Notes).ToArray(),
        };
    }

    private static void Write(IReadOnlyList<AccessChange> changes, TextWriter output, Style style)
    {
        if (changes.Count == 0)
        {
            output.WriteLine("Nobody gains or loses anything.");
        }

        foreach (var change in changes)
        {
            output.WriteLine(style.Bold(PlainText.Of(Entities.Format(change.Who))));
            foreach (var scope in change.Gained.ToScopes())
            {
                output.WriteLine(style.Good($"  + {PlainText.Of(scope)}"));
            }

            foreach (var scope in change.Lost.ToScopes())
            {
                output.WriteLine(style.Bad($"  - {PlainText.Of(scope)}"));
            }
        }
    }
}
