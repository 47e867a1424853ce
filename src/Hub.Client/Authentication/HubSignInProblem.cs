namespace JupyterHub.Client.Authentication;

/// <summary>Why somebody was not let in. The text may hold words of the hub: encode it.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Title">A short headline.</param>
/// <param name="Message">One sentence for the visitor.</param>
public sealed record HubSignInProblem(int Status, string Title, string Message);
