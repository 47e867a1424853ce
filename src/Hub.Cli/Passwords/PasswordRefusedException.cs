namespace JupyterHub.Cli.Passwords;

/// <summary>A password is not taken; the message is one line for the person who gave it, and does not repeat it.</summary>
internal sealed class PasswordRefusedException(string message) : Exception(message);
