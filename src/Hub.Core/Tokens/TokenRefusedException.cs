namespace JupyterHub.Core.Tokens;

/// <summary>A token cannot be made as it was asked for. The message says what to change.</summary>
internal sealed class TokenRefusedException(string message) : Exception(message);
