using System.CommandLine;
using System.CommandLine.Help;
using JupyterHub.Cli.Passwords;
using JupyterHub.Cli.Scopes;

namespace JupyterHub.Cli;

/// <summary>The <c>hub</c> command.</summary>
internal static class HubCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var command = Create();
        var parsed = command.Parse(arguments);
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync();
        }

        // Messages of the parser repeat what was typed, which somebody may have meant as a password.
        await Console.Error.WriteLineAsync(parsed.CommandResult.Command.Name == PasswordCommand.Name
            ? "hub: password takes admin or user and options, never a password itself; see hub password --help"
            : $"hub: {parsed.Errors[0].Message} See hub --help");
        return ExitCodes.Usage;
    }

    private static Command Create()
    {
        // A plain command, not a root command: that one would take its name from the program's file, which is not "hub".
        var command = new Command("hub", "Looks after a JupyterHub-compatible hub.");
        command.Options.Add(new HelpOption());
        command.Options.Add(new VersionOption("--version") { Description = "Show our own version and the version of JupyterHub that clients are told", Action = new VersionAction() });
        command.Subcommands.Add(PasswordCommand.Create());
        command.Subcommands.Add(ScopesCommand.Create());
        return command;
    }
}
