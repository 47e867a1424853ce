namespace JupyterHub.Core.Groups;

/// <summary>What became of a request to change groups. Except for <see cref="Done"/> nothing was changed.</summary>
internal enum GroupOutcome
{
    Done,
    UnknownGroup,
    UnknownUser,
    Exists,

    /// <summary>Somebody else changed it meanwhile.</summary>
    Changed,
}
