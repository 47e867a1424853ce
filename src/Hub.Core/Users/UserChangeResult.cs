namespace JupyterHub.Core.Users;

/// <summary>What became of a request to change a user, with the name that the user has now.</summary>
internal sealed record UserChangeResult(UserChangeOutcome Outcome, string Name);
