namespace JupyterHub.Core.Groups;

/// <summary>What became of one name that was to be put into a group.</summary>
/// <param name="Name">The name as the database has it, or as it was typed if there is no such user.</param>
/// <param name="Outcome">What became of it.</param>
internal sealed record MemberAddition(string Name, MemberAdditionOutcome Outcome);
