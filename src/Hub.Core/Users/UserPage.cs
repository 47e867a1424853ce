namespace JupyterHub.Core.Users;

/// <summary>A page of users.</summary>
/// <param name="Users">The users; without those of whom the reader may see nothing.</param>
/// <param name="Total">How many there are on all pages, if that was asked for.</param>
internal sealed record UserPage(IReadOnlyList<UserRecord> Users, int Total);
