namespace JupyterHub.Core.Roles.Changes;

/// <summary>Why a change of a role was not made.</summary>
internal enum RoleChangeError
{
    /// <summary>The request asks for something that can never be.</summary>
    Invalid,

    /// <summary>No such role, user, group or service.</summary>
    NotFound,

    /// <summary>It would be possible if things were not as they are.</summary>
    Conflict,

    /// <summary>The role is not as the requester was shown it.</summary>
    Stale,

    /// <summary>The credential may not.</summary>
    Forbidden,
}
