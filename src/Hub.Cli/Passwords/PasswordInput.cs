using System.Text;

namespace JupyterHub.Cli.Passwords;

/// <summary>Takes a password from the terminal, without showing it, or from standard input.</summary>
internal static class PasswordInput
{
    /// <exception cref="PasswordRefusedException">None was given, or not the same one twice.</exception>
    public static string Read(string kind)
    {
        if (Console.IsInputRedirected)
        {
            return ReadLine(Console.In);
        }

        var password = Ask($"New {kind} password: ");
        return password == Ask("The same again: ")
            ? password
            : throw new PasswordRefusedException("The two are not the same; nothing is changed.");
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

        return line.Length > 0 ? line.ToString() : throw new PasswordRefusedException("Standard input holds no password; nothing is changed.");
    }

    private static string Ask(string prompt)
    {
        Console.Error.Write(prompt);
        var password = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                RemoveLast(password);
            }
            else if (key.KeyChar != '\0')
            {
                password.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return password.ToString();
    }

    private static void RemoveLast(StringBuilder text)
    {
        if (text.Length > 0)
        {
            text.Length -= text.Length > 1 && char.IsSurrogatePair(text[^2], text[^1]) ? 2 : 1;
        }
    }
}
