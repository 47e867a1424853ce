namespace Workspace.Hub;

/// <summary>The hub did not answer, or not in a way that a person or this app can do something about.</summary>
internal sealed class HubUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
