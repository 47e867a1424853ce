using System.Text;
using Microsoft.Win32.SafeHandles;

namespace JupyterHub.Cli.Passwords;

/// <summary>Takes a password from the terminal, without showing it, or from standard input.</summary>
internal static class PasswordInput
{
    /// <exception cref="PasswordRefusedException">None was given, or not the same one twice.</exception>
    public static string Read(string kind, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
        {
            return Require(ReadLine(Console.In), "Standard input holds no password; nothing is changed.");
        }

        return OperatingSystem.IsWindows()
            ? AskTwice(kind, ReadKeys)
            : AskUnixTerminal(kind, cancellationToken);
    }

    private static string AskUnixTerminal(string kind, CancellationToken cancellationToken)
    {
        using var hidden = new HiddenInput();

        // Whoever interrupts the command wants to see again what is typed.
        using var interruption = cancellationToken.Register(hidden.Dispose);
        using var terminal = new StreamReader(new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0));
        return AskTwice(kind, () => ReadLine(terminal));
    }

    private static string AskTwice(string kind, Func<string> read)
    {
        var password = Require(Ask($"New {kind} password: ", read), "No password was typed; nothing is changed.");
        return password == Ask("The same again: ", read)
            ? password
            : throw new PasswordRefusedException("The two are not the same; nothing is changed.");
    }

    private static string Ask(string prompt, Func<string> read)
    {
        Console.Error.Write(prompt);
        var answer = read();
        Console.Error.WriteLine();
        return answer;
    }

    private static string ReadLine(TextReader input)
    {
        var line = new StringBuilder();
        for (var next = input.Read(); next is not (-1 or '\n'); next = input.Read())
        {
            // One more than the rules allow, so that they can refuse it.
            if (line.Length <= 2 * PasswordRules.Longest + 1)
            {
                line.Append((char)next);
            }
        }

        if (line is [.., '\r'])
        {
            line.Length--;
        }

        return line.ToString();
    }

    private static string ReadKeys()
    {
        var line = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                line.Length = Math.Max(0, line.Length - 1);
            }
            else if (key.KeyChar != '\0')
            {
                line.Append(key.KeyChar);
            }
        }

        return line.ToString();
    }

    private static string Require(string password, string otherwise) =>
        password.Length > 0 ? password : throw new PasswordRefusedException(otherwise);
}
