namespace JupyterHub.Core.Hosting;

/// <summary>The hub cannot start as it is set up. The message is one line for a person: what is wrong, which setting, what to do.</summary>
public sealed class HubStartupException : Exception
{
    /// <summary>Creates the exception with its one line.</summary>
    public HubStartupException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its one line and what caused it.</summary>
    public HubStartupException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
