namespace JupyterHub.Client.Authentication;

/// <summary>Somebody is known but not let in; signing in again would not help.</summary>
internal sealed class HubRefusalException(string title, string message) : Exception(message)
{
    public string Title { get; } = title;
}
