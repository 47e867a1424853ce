namespace JupyterHub.Core.Users;

/// <summary>What became of a request to make a user, with the name in its canonical form.</summary>
internal sealed record UserCreationResult(UserCreationOutcome Outcome, string Name);
