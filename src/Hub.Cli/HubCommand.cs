using System.CommandLine;
using System.CommandLine.Help;
using JupyterHub.Cli.Passwords;
using JupyterHub.Cli.Proxy;
using JupyterHub.Cli.Scopes;

namespace JupyterHub.Cli;

/// <summary>The <c>hub</c> command.</summary>
internal static class HubCommand
{
    // After a signal; the proxy ends sooner by itself.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var command = Create();
        
        // A value that starts with @ is a value, not the name of a file with more options.
        var parsed = command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeToEnd });
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
        command.Subcommands.Add(ProxyCommand.Create());
        command.Subcommands.Add(ScopesCommand.Create());
        return command;
    }
}
