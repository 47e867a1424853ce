namespace JupyterHub.Core.Users;

/// <summary>What became of a request to make several users.</summary>
/// <param name="Created">Names of those that were made, in the order of the request.</param>
/// <param name="Invalid">Names that no user can have, as they were given; nothing was made if there are any.</param>
internal sealed record UsersCreationResult(IReadOnlyList<string> Created, IReadOnlyList<string> Invalid);
