namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>What became of one name of a list of new users.</summary>
/// <param name="Typed">The name as it was typed.</param>
/// <param name="Name">The name as the hub has it; null for one that no user can have.</param>
/// <param name="Outcome">For people.</param>
/// <param name="IsMade">True if there is a new user.</param>
internal sealed record AddedUser(string Typed, string? Name, string Outcome, bool IsMade);
