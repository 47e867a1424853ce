namespace JupyterHub.Core.Groups;

/// <summary>What became of one name that was to be put into a group.</summary>
internal enum MemberAdditionOutcome
{
    Added,
    AlreadyMember,
    UnknownUser,
}
