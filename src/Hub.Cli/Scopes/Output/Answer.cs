using System.CommandLine;
using System.Text.Json.Nodes;
using JupyterHub.Core.Hosting;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Cli.Scopes.Output;

/// <summary>One answer, in a form for people and one for programs.</summary>
/// <param name="Json">For programs.</param>
/// <param name="Write">For people.</param>
internal sealed record Answer(JsonNode Json, Action<TextWriter, Style> Write)
{
    /// <summary>What a person should know about it; goes to standard error.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Makes a command that prints an answer, or one line that says why there is none.</summary>
    public static void SetAction(Command command, Func<ParseResult, Answer> answer)
    {
        var json = new Option<bool>("--json") { Description = "Answer in JSON" };
        command.Options.Add(json);
        command.SetAction(parsed => Run(() => answer(parsed), parsed.GetValue(json)));
    }

    private static int Run(Func<Answer> answer, bool asJson)
    {
        try
        {
            Print(answer(), asJson);
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is ScopesRefusedException or HubStartupException or ScopeException)
        {
            Console.Error.WriteLine($"hub: {PlainText.Of(exception.Message)}");
        }
        catch (IOException)
        {
            // Whoever read the output has gone, as head does.
        }

        return ExitCodes.Refused;
    }

    private static void Print(Answer answer, bool asJson)
    {
        foreach (var note in answer.Notes)
        {
            Console.Error.WriteLine($"Note: {PlainText.Of(note)}");
        }

        // Buffered: thousands of short lines would each be a call of the system.
        using var output = new StreamWriter(Console.OpenStandardOutput());
        if (asJson)
        {
            JsonOutput.Write(output, answer.Json);
        }
        else
        {
            answer.Write(output, Style.OfOutput());
        }
    }
}
