namespace JupyterHub.Core.Tokens;

/// <summary>A given token cannot be used; the message says why and is fit for whoever gave it.</summary>
internal sealed class TokenValueException(string message) : Exception(message);
