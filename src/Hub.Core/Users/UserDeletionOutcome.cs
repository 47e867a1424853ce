namespace JupyterHub.Core.Users;

/// <summary>What became of a request to remove a user.</summary>
internal enum UserDeletionOutcome
{
    Deleted,
    NotFound,

    /// <summary>A server of the user is on its way down, or was started again; ask again in a moment.</summary>
    ServerIsStopping,
}
