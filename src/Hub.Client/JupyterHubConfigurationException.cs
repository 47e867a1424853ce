namespace JupyterHub.Client;

/// <summary>A setting that the hub gives is missing or broken; the message is one line that names the variable or option.</summary>
public sealed class JupyterHubConfigurationException : Exception
{
    internal JupyterHubConfigurationException(string message)
        : base(message)
    {
    }
}
