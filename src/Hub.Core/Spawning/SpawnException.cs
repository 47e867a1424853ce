namespace JupyterHub.Core.Spawning;

/// <summary>A server cannot be started. The message is for its owner and names no secret.</summary>
public sealed class SpawnException : Exception
{
    /// <summary>Creates the exception with what the owner may read.</summary>
    public SpawnException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with what the owner may read and what caused it.</summary>
    public SpawnException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
