using System.CommandLine;
using JupyterHub.Core.Authentication;

namespace JupyterHub.Cli.Passwords;

/// <summary><c>hub password</c>: replaces a shared password. The password is typed, piped or made up, never an argument that others could read.</summary>
internal static class PasswordCommand
{
    public const string Name = "password";

    public static Command Create()
    {
        var kind = new Argument<string>("kind")
        {
            Description = "Whose password: admin (the users in AdminUsers) or user (everybody else)",
            DefaultValueFactory = _ => SharedPasswordKind.Admin,
        };
        kind.AcceptOnlyFromAmong(SharedPasswordKind.Admin, SharedPasswordKind.User);
        var directory = new Option<string?>("--data-directory") { Description = "The hub's data folder", HelpName = "DIR" };
        var file = new Option<string?>("--config") { Description = "The hub's configuration file", HelpName = "FILE" };
        var generate = new Option<bool>("--generate") { Description = "Make a password up and print it, once" };
        var command = new Command(
            Name,
            "Sets a password of the shared-password authenticator; a running hub takes it at once. It is asked for on the terminal, or read as one line from standard input.")
        {
            kind, directory, file, generate,
        };
        command.SetAction((parsed, cancellationToken) => PasswordChange.RunAsync(
            parsed.GetRequiredValue(kind), parsed.GetValue(directory), parsed.GetValue(file), parsed.GetValue(generate), cancellationToken));
        return command;
    }
}
