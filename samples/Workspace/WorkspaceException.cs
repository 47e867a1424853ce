namespace Workspace;

/// <summary>The workspace cannot start; the message is one line that says what to change.</summary>
internal sealed class WorkspaceException(string message) : Exception(message);
