using System.CommandLine;
using JupyterHub.Cli.Scopes.Decisions;

namespace JupyterHub.Cli.Scopes.Commands;

/// <summary><c>hub scopes decide</c>: answers recorded questions from standard input.</summary>
internal static class DecideCommand
{
    public static Command Create()
    {
        var command = new Command(
            "decide",
            "Reads lines {\"world\":…,\"cases\":[…]} from standard input and writes {\"answers\":[…]} for each. A malformed line gets {\"error\":\"…\"}, and exit code 1 at the end.");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        try
        {
            return await new DecisionStream(input, output).RunAsync(cancellationToken) ? ExitCodes.Done : ExitCodes.Refused;
        }
        catch (IOException)
        {
            // Whoever read the output has gone, as head does.
            return ExitCodes.Refused;
        }
    }
}
