namespace JupyterHub.Core.Users;

/// <summary>What became of a request to change a user. Unless it is <see cref="Changed"/>, nothing was written.</summary>
internal enum UserChangeOutcome
{
    Changed,
    NotFound,
    InvalidName,
    NameTaken,

    /// <summary>The user is an administrator, and who asks is not.</summary>
    ChangesAdmin,

    /// <summary>The user would become an administrator, and who asks is not.</summary>
    MakesAdmin,

    /// <summary>A server runs or something is under way, and everything about it follows the user's name.</summary>
    HasActiveServers,
}
