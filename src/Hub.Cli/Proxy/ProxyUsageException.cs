namespace JupyterHub.Cli.Proxy;

/// <summary>The command line cannot be followed; the message names the option.</summary>
internal sealed class ProxyUsageException(string message) : Exception(message);
