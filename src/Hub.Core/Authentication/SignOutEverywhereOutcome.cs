namespace JupyterHub.Core.Authentication;

/// <summary>How an attempt to end all sign-ins of a user went.</summary>
internal enum SignOutEverywhereOutcome
{
    SignedOut,

    /// <summary>There is no such user.</summary>
    NotFound,

    /// <summary>The user is an administrator, and who asks is none.</summary>
    ChangesAdmin,
}
