namespace JupyterHub.Cli.Scopes;

/// <summary>A question about scopes cannot be answered. The message is one line for a person.</summary>
internal sealed class ScopesRefusedException(string message) : Exception(message);
